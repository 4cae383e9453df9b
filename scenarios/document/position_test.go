package document

import "testing"

// Positions must agree with the library on where every key stands.
func TestPositions(t *testing.T) {
	text := `a = 1 # comment = 2
"b c".'d' = [
  1, # [x]
  { e = "}", f.g = '''
multi = 1
''' },
]

[t.u]
x = """
y = 2 \""" \
"""""
z = 3
[[l]]
m = {n = 1, o = {p = 2}}
[[l]]
q.r = 2000-01-01
[l.s]
v = "#"
`
	root, wrong := Parse("p", text)
	if wrong != nil {
		t.Fatal(wrong)
	}
	want := map[string]int{
		"a": 1, "b c": 2, "b c.d": 2, "t": 9, "t.u": 9, "t.u.x": 10, "t.u.z": 13,
		"l[1]": 14, "l[1].m": 15, "l[1].m.n": 15, "l[1].m.o.p": 15, "l[2]": 16, "l[2].q.r": 17, "l[2].s": 18, "l[2].s.v": 19,
		"b c.d[2].e": 4, "b c.d[2].f.g": 4,
	}
	got := map[string]int{}
	var visit func(n *Node)
	visit = func(n *Node) {
		if _, seen := got[n.Path]; !seen {
			got[n.Path] = n.Line
		}
		for _, child := range n.Nodes {
			visit(child)
		}
	}
	visit(root)
	for path, line := range want {
		if got[path] != line {
			t.Errorf("%s: line %d, want %d", path, got[path], line)
		}
	}
}
