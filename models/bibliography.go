package models

import "strings"

// Work is a publication that the model builds on.
type Work struct {
	Short string // as texts cite it: "Hegselmann and Krause 2002"
	Full  string // as a list of references gives it; titles of books and journals in *asterisks*
}

// Cited returns the works that a text cites by their short form, in the order of
// the bibliography.
func Cited(text string) []Work {
	var list []Work
	for _, work := range Bibliography() {
		if strings.Contains(text, work.Short) {
			list = append(list, work)
		}
	}
	return list
}

// Bibliography lists the works that the mechanisms, parameters and measures cite,
// in alphabetical order.
func Bibliography() []Work {
	return []Work{
		{"Abbott and Snidal 2000", "Abbott, K. and Snidal, D. 2000. Hard and soft law in international governance. *International Organization* 54(3)."},
		{"Achen 2006", "Achen, C. 2006. Institutional realism and bargaining models. In Thomson et al. (eds), *The European Union Decides*. Cambridge University Press."},
		{"Anderson, de Palma and Thisse 1992", "Anderson, S., de Palma, A. and Thisse, J.-F. 1992. *Discrete Choice Theory of Product Differentiation*. MIT Press."},
		{"Arthur 1989", "Arthur, W. B. 1989. Competing technologies, increasing returns, and lock-in by historical events. *Economic Journal* 99(394)."},
		{"Axelrod 1986", "Axelrod, R. 1986. An evolutionary approach to norms. *American Political Science Review* 80(4)."},
		{"Axelrod and Keohane 1985", "Axelrod, R. and Keohane, R. 1985. Achieving cooperation under anarchy: strategies and institutions. *World Politics* 38(1)."},
		{"Bailey, Strezhnev and Voeten 2017", "Bailey, M. A., Strezhnev, A. and Voeten, E. 2017. Estimating dynamic state preferences from United Nations voting data. *Journal of Conflict Resolution* 61(2)."},
		{"Baliga, Bueno de Mesquita and Wolitzky 2020", "Baliga, S., Bueno de Mesquita, E. and Wolitzky, A. 2020. Deterrence with imperfect attribution. *American Political Science Review* 114(4)."},
		{"Barrinha and Renard 2017", "Barrinha, A. and Renard, T. 2017. Cyber-diplomacy: the making of an international society in the digital age. *Global Affairs* 3(4-5)."},
		{"Barrinha and Renard 2020", "Barrinha, A. and Renard, T. 2020. Power and diplomacy in the post-liberal cyberspace. *International Affairs* 96(3)."},
		{"Barro and Sala-i-Martin 1992", "Barro, R. and Sala-i-Martin, X. 1992. Convergence. *Journal of Political Economy* 100(2)."},
		{"Bass 1969", "Bass, F. 1969. A new product growth for model consumer durables. *Management Science* 15(5)."},
		{"Bearce and Bondanella 2007", "Bearce, D. H. and Bondanella, S. 2007. Intergovernmental organizations, socialization, and member-state interest convergence. *International Organization* 61(4)."},
		{"Becker 1968", "Becker, G. 1968. Crime and punishment: an economic approach. *Journal of Political Economy* 76(2)."},
		{"Berry and Berry 1990", "Berry, F. S. and Berry, W. D. 1990. State lottery adoptions as policy innovations. *American Political Science Review* 84(2)."},
		{"Bloomfield 2016", "Bloomfield, A. 2016. Norm antipreneurs and theorising resistance to normative change. *Review of International Studies* 42(2)."},
		{"Borghard and Lonergan 2018", "Borghard, E. and Lonergan, S. 2018. Confidence building measures for the cyber domain. *Strategic Studies Quarterly* 12(3)."},
		{"Bown 2020", "Bown, C. P. 2020. Export controls: America's other national security threat. *Duke Journal of Comparative and International Law* 30(2)."},
		{"Brock and Durlauf 2001", "Brock, W. and Durlauf, S. 2001. Discrete choice with social interactions. *Review of Economic Studies* 68(2)."},
		{"Bruce et al. 2024", "Bruce, M., Lusthaus, J., Kashyap, R., Phair, N. and Varese, F. 2024. Mapping the global geography of cybercrime with the World Cybercrime Index. *PLOS ONE* 19(4)."},
		{"Bueno de Mesquita 1997", "Bueno de Mesquita, B. 1997. A decision making model: its structure and form. *International Interactions* 23(3-4)."},
		{"Burt 1992", "Burt, R. 1992. *Structural Holes*. Harvard University Press."},
		{"Busch 2007", "Busch, M. 2007. Overlapping institutions, forum shopping, and dispute settlement in international trade. *International Organization* 61(4)."},
		{"Carson 2018", "Carson, A. 2018. *Secret Wars: Covert Conflict in International Politics*. Princeton University Press."},
		{"Deffuant et al. 2000", "Deffuant, G., Neau, D., Amblard, F. and Weisbuch, G. 2000. Mixing beliefs among interacting agents. *Advances in Complex Systems* 3."},
		{"DeGroot 1974", "DeGroot, M. H. 1974. Reaching a consensus. *Journal of the American Statistical Association* 69(345)."},
		{"Diehl and Goertz 2000", "Diehl, P. and Goertz, G. 2000. *War and Peace in International Rivalry*. University of Michigan Press."},
		{"Downs, Rocke and Barsoom 1996", "Downs, G., Rocke, D. and Barsoom, P. 1996. Is the good news about compliance good news about cooperation? *International Organization* 50(3)."},
		{"Drake, Cerf and Kleinwächter 2016", "Drake, W., Cerf, V. and Kleinwächter, W. 2016. *Internet Fragmentation: An Overview*. World Economic Forum."},
		{"Drezner 2004", "Drezner, D. 2004. The global governance of the Internet: bringing the state back in. *Political Science Quarterly* 119(3)."},
		{"Edmonds et al. 2019", "Edmonds, B. et al. 2019. Different modelling purposes. *Journal of Artificial Societies and Social Simulation* 22(3)6."},
		{"Edwards et al. 2017", "Edwards, B., Furnas, A., Forrest, S. and Axelrod, R. 2017. Strategic aspects of cyberattack, attribution, and blame. *PNAS* 114(11)."},
		{"Egloff 2022", "Egloff, F. 2022. *Semi-State Actors in Cybersecurity*. Oxford University Press."},
		{"Egloff and Smeets 2023", "Egloff, F. and Smeets, M. 2023. Publicly attributing cyber attacks: a framework. *Journal of Strategic Studies* 46(3)."},
		{"Esteban and Ray 1994", "Esteban, J. and Ray, D. 1994. On the measurement of polarization. *Econometrica* 62(4)."},
		{"Fairbank 2019", "Fairbank, N. 2019. The state of Microsoft? The role of corporations in international norm creation. *Journal of Cyber Policy* 4(3)."},
		{"Farrell and Newman 2019", "Farrell, H. and Newman, A. 2019. Weaponized interdependence: how global economic networks shape state coercion. *International Security* 44(1)."},
		{"Fearon 1995", "Fearon, J. 1995. Rationalist explanations for war. *International Organization* 49(3)."},
		{"Finnemore and Hollis 2016", "Finnemore, M. and Hollis, D. 2016. Constructing norms for global cybersecurity. *American Journal of International Law* 110(3)."},
		{"Finnemore and Sikkink 1998", "Finnemore, M. and Sikkink, K. 1998. International norm dynamics and political change. *International Organization* 52(4)."},
		{"Friedkin and Johnsen 1990", "Friedkin, N. E. and Johnsen, E. C. 1990. Social influence and opinions. *Journal of Mathematical Sociology* 15(3-4)."},
		{"Gelpi 1999", "Gelpi, C. 1999. Alliances as instruments of intra-allied control. In Haftendorn, Keohane and Wallander (eds), *Imperfect Unions*. Oxford University Press."},
		{"Gorwa and Peez 2020", "Gorwa, R. and Peez, A. 2020. Big tech hits the diplomatic circuit. In Broeders and van den Berg (eds), *Governing Cyberspace*. Rowman and Littlefield."},
		{"Granovetter 1978", "Granovetter, M. 1978. Threshold models of collective behavior. *American Journal of Sociology* 83(6)."},
		{"Grimm et al. 2020", "Grimm, V. et al. 2020. The ODD protocol for describing agent-based and other simulation models: a second update. *Journal of Artificial Societies and Social Simulation* 23(2)7."},
		{"Grossback, Nicholson-Crotty and Peterson 2004", "Grossback, L., Nicholson-Crotty, S. and Peterson, D. 2004. Ideology and learning in policy diffusion. *American Politics Research* 32(5)."},
		{"Grossman and Helpman 1994", "Grossman, G. and Helpman, E. 1994. Protection for sale. *American Economic Review* 84(4)."},
		{"Hegselmann and Krause 2002", "Hegselmann, R. and Krause, U. 2002. Opinion dynamics and bounded confidence. *Journal of Artificial Societies and Social Simulation* 5(3)2."},
		{"Hirschman 1970", "Hirschman, A. 1970. *Exit, Voice, and Loyalty*. Harvard University Press."},
		{"Hix, Noury and Roland 2005", "Hix, S., Noury, A. and Roland, G. 2005. Power to the parties. *British Journal of Political Science* 35(2)."},
		{"Hoffman 2002", "Hoffman, A. 2002. A conceptualization of trust in international relations. *European Journal of International Relations* 8(3)."},
		{"Hufbauer et al. 2007", "Hufbauer, G., Schott, J., Elliott, K. and Oegg, B. 2007. *Economic Sanctions Reconsidered*, 3rd edition. Peterson Institute."},
		{"Hurel and Lobato 2018", "Hurel, L. M. and Lobato, L. 2018. Unpacking cyber norms: private companies as norm entrepreneurs. *Journal of Cyber Policy* 3(1)."},
		{"Jupille, Mattli and Snidal 2013", "Jupille, J., Mattli, W. and Snidal, D. 2013. *Institutional Choice and Global Commerce*. Cambridge University Press."},
		{"Katz and Shapiro 1985", "Katz, M. and Shapiro, C. 1985. Network externalities, competition, and compatibility. *American Economic Review* 75(3)."},
		{"Kreps and Schneider 2019", "Kreps, S. and Schneider, J. 2019. Escalation firebreaks in the cyber, conventional, and nuclear domains. *Journal of Cybersecurity* 5(1)."},
		{"Lemke and Reed 2001", "Lemke, D. and Reed, W. 2001. The relevance of politically relevant dyads. *Journal of Conflict Resolution* 45(1)."},
		{"Lusthaus 2018", "Lusthaus, J. 2018. *Industry of Anonymity: Inside the Business of Cybercrime*. Harvard University Press."},
		{"Maness et al. 2023", "Maness, R. C. et al. 2023. Expanding the Dyadic Cyber Incident and Campaign Dataset (DCID): 2000 to 2020. *Cyber Defense Review* 8(2)."},
		{"Maoz and Russett 1993", "Maoz, Z. and Russett, B. 1993. Normative and structural causes of democratic peace, 1946-1986. *American Political Science Review* 87(3)."},
		{"Mattli and Büthe 2003", "Mattli, W. and Büthe, T. 2003. Setting international standards: technological rationality or primacy of power? *World Politics* 56(1)."},
		{"Maurer 2018", "Maurer, T. 2018. *Cyber Mercenaries: The State, Hackers, and Power*. Cambridge University Press."},
		{"McCullagh 1980", "McCullagh, P. 1980. Regression models for ordinal data. *Journal of the Royal Statistical Society B* 42(2)."},
		{"Moravcsik 1993", "Moravcsik, A. 1993. Preferences and power in the European Community. *Journal of Common Market Studies* 31(4)."},
		{"Morse and Keohane 2014", "Morse, J. and Keohane, R. 2014. Contested multilateralism. *Review of International Organizations* 9(4)."},
		{"Mueller 2017", "Mueller, M. 2017. *Will the Internet Fragment?* Polity."},
		{"Müller et al. 2013", "Müller, B. et al. 2013. Describing human decisions in agent-based models: ODD+D, an extension of the ODD protocol. *Environmental Modelling & Software* 48."},
		{"Nowak and Sigmund 1992", "Nowak, M. and Sigmund, K. 1992. Tit for tat in heterogeneous populations. *Nature* 355."},
		{"Nye 2014", "Nye, J. 2014. *The Regime Complex for Managing Global Cyber Activities*. Global Commission on Internet Governance Paper 1."},
		{"Painter 2018", "Painter, C. 2018. Diplomacy in cyberspace. *Foreign Service Journal* 95(5)."},
		{"Panke and Petersohn 2012", "Panke, D. and Petersohn, U. 2012. Why international norms disappear sometimes. *European Journal of International Relations* 18(4)."},
		{"Rid and Buchanan 2015", "Rid, T. and Buchanan, B. 2015. Attributing cyber attacks. *Journal of Strategic Studies* 38(1-2)."},
		{"Romer and Rosenthal 1978", "Romer, T. and Rosenthal, H. 1978. Political resource allocation, controlled agendas, and the status quo. *Public Choice* 33(4)."},
		{"Ross 1995", "Ross, L. 1995. Reactive devaluation in negotiation and conflict resolution. In Arrow et al. (eds.), *Barriers to Conflict Resolution*. Norton."},
		{"Roth, Murnighan and Schoumaker 1988", "Roth, A., Murnighan, J. K. and Schoumaker, F. 1988. The deadline effect in bargaining: some experimental evidence. *American Economic Review* 78(4)."},
		{"Scharpf 1988", "Scharpf, F. 1988. The joint-decision trap. *Public Administration* 66(3)."},
		{"Scharpf 1999", "Scharpf, F. 1999. *Governing in Europe*. Oxford University Press."},
		{"Schmidt and Witte 1989", "Schmidt, P. and Witte, A. 1989. Predicting criminal recidivism using split population survival time models. *Journal of Econometrics* 40(1)."},
		{"Scholz, Calbert and Smith 2011", "Scholz, J., Calbert, G. and Smith, G. 2011. Unravelling Bueno de Mesquita's group decision model. *Journal of Theoretical Politics* 23(4)."},
		{"Segal 2021", "Segal, A. 2021. Huawei, 5G, and weaponized interdependence. In Drezner, D., Farrell, H. and Newman, A. (eds), *The Uses and Abuses of Weaponized Interdependence*. Brookings Institution Press."},
		{"Simmons and Elkins 2004", "Simmons, B. and Elkins, Z. 2004. The globalization of liberalization. *American Political Science Review* 98(1)."},
		{"Singer, Bremer and Stuckey 1972", "Singer, J. D., Bremer, S. and Stuckey, J. 1972. Capability distribution, uncertainty, and major power war, 1820-1965. In Russett (ed.), *Peace, War, and Numbers*. Sage."},
		{"Smeets 2022", "Smeets, M. 2022. *No Shortcuts: Why States Struggle to Develop a Military Cyber-Force*. Hurst."},
		{"Strange 1988", "Strange, S. 1988. *States and Markets*. Pinter."},
		{"Tallberg 2010", "Tallberg, J. 2010. The power of the chair: formal leadership in international cooperation. *International Studies Quarterly* 54(1)."},
		{"Tallberg and Zürn 2019", "Tallberg, J. and Zürn, M. 2019. The legitimacy and legitimation of international organizations. *Review of International Organizations* 14(4)."},
		{"Thompson 2001", "Thompson, W. 2001. Identifying rivals and rivalries in world politics. *International Studies Quarterly* 45(4)."},
		{"Valeriano and Maness 2014", "Valeriano, B. and Maness, R. 2014. The dynamics of cyber conflict between rival antagonists, 2001-11. *Journal of Peace Research* 51(3)."},
		{"Vaupel, Manton and Stallard 1979", "Vaupel, J., Manton, K. and Stallard, E. 1979. The impact of heterogeneity in individual frailty on the dynamics of mortality. *Demography* 16(3)."},
		{"Walt 1987", "Walt, S. 1987. *The Origins of Alliances*. Cornell University Press."},
		{"Watts 2002", "Watts, D. 2002. A simple model of global cascades on random networks. *PNAS* 99(9)."},
		{"Wu and Axelrod 1995", "Wu, J. and Axelrod, R. 1995. How to cope with noise in the iterated prisoner's dilemma. *Journal of Conflict Resolution* 39(1)."},
	}
}
