package hindcast

import (
	"fmt"
	"strings"

	"splinternet/models/voting/forecast"
	"splinternet/scenarios/data"
)

// series are resolutions on other subjects that the Assembly votes on year by year, with a
// lead sponsor. They test the forecaster where it has not been told what happened on
// cyberspace. Subjects and sponsors are general knowledge; that successive roll calls of a
// series agree is checked by the tests. Years without a recorded vote are left out.
var series = []struct{ subject, sponsor, resolutions string }{
	{"glorification of Nazism", "RUS", "65/199 66/143 67/154 68/150 69/160 70/139 71/179 72/156 73/157 74/136"},
	{"no first placement of weapons in outer space", "RUS", "69/32 70/27 71/32 72/27 73/31 74/33"},
	{"confidence-building in outer space", "RUS", "65/68 73/72 74/67"},
	{"human rights in Iran", "CAN", "65/226 67/182 68/184 69/190 70/173 71/204 72/189 73/181 74/167"},
	{"human rights in Syria", "USA", "66/176 67/183 68/182 69/189 70/234 71/203 72/191 73/182 74/169"},
	{"human rights in Crimea", "UKR", "71/205 72/190 73/263 74/168"},
	{"human rights in North Korea", "JPN", "65/225 66/174 69/188 70/172"},
	{"arms race in outer space", "EGY", "65/44 66/27 67/30 68/29 69/31 70/26 71/31 72/26 73/30 74/32"},
	{"moratorium on the death penalty", "ITA", "65/206 67/176 69/186 71/187 73/175"},
	{"equitable international order", "CUB", "65/223 66/159 67/175 68/175 69/178 70/149 71/190 72/172 73/169"},
	{"unilateral coercive measures", "CUB", "65/217 66/156 67/170 68/162 69/180 70/151 71/193 72/168 73/167 74/154"},
	{"mercenaries", "CUB", "65/203 66/147 67/159 68/152 69/163 70/142 71/182 72/158 73/159 74/138"},
	{"right to development", "CUB", "65/219 66/155 67/171 68/158 69/181 70/155 71/192 72/167 73/166 74/152"},
	{"globalisation and human rights", "EGY", "65/216 66/161 67/165 68/168 69/173 70/159 71/197"},
	{"prohibition of nuclear weapons", "AUT", "71/258 72/31 73/48 74/41"},
	{"nuclear proliferation in the Middle East", "EGY", "65/88 66/61 67/73 68/65 69/78 70/70 71/83 72/67 73/83 74/75"},
}

// SeriesResult is how the forecaster did on one series: each roll call but the first
// was predicted by those before it. Scores are means over the roll calls.
type SeriesResult struct {
	Subject     string
	Calls       int
	Model       Mean
	Persistence Mean
}

// Series tests the forecaster on resolutions on other subjects.
func Series() ([]SeriesResult, error) {
	record, err := data.ReadRecord("", "")
	if err != nil {
		return nil, err
	}
	matrix, err := data.Matrix()
	if err != nil {
		return nil, err
	}
	// Sponsors stand where their votes on cyberspace put them, as in Run.
	past, _ := (&Result{Until: DefaultUntil}).split(record, false)
	position, err := positions(record.Ideal, past)
	if err != nil {
		return nil, err
	}
	var results []SeriesResult
	for _, s := range series {
		r := &Result{}
		forecaster, err := forecast.New(record.Ideal, forecast.Pooled)
		if err != nil {
			return nil, err
		}
		of := func([]string) float64 { return side(record, position, []string{s.sponsor}) }
		for k, number := range strings.Fields(s.resolutions) {
			call, err := find(matrix, "A/RES/"+number)
			if err != nil {
				return nil, err
			}
			call.Line, call.Sponsors = "series", []string{s.sponsor}
			if k > 0 {
				c, err := predict(forecaster, call, of)
				if err != nil {
					return nil, err
				}
				r.Calls = append(r.Calls, c)
			}
			if err := learn(forecaster, []data.RollCall{call}, of); err != nil {
				return nil, err
			}
		}
		results = append(results, SeriesResult{
			Subject: s.subject, Calls: len(r.Calls),
			Model:       r.MeanOf(func(c *Call) forecast.Score { return c.Score }),
			Persistence: r.MeanOf(func(c *Call) forecast.Score { return c.Baselines[1] }),
		})
	}
	return results, nil
}

func find(calls []data.RollCall, id string) (data.RollCall, error) {
	for _, call := range calls {
		if call.ID == id {
			return call, nil
		}
	}
	return data.RollCall{}, fmt.Errorf("the matrix of roll calls does not have %s", id)
}
