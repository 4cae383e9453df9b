package models

import (
	"go/ast"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// A fact that a mechanism reports is heard: the chronicle has a case for its type.
func TestEveryFactIsHeard(t *testing.T) {
	files, err := filepath.Glob("chronicle/*.go")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	var text strings.Builder
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		text.Write(content)
	}
	cases := text.String()
	_, packages := readModule(t)
	found := 0
	for _, p := range packages {
		if !strings.HasPrefix(p.folder, "models/") || p.folder == helpers {
			continue
		}
		for _, file := range p.files {
			for _, d := range file.Decls {
				name, is := factOf(d)
				if !is {
					continue
				}
				found++
				heard := regexp.MustCompile(`(?m)^\tcase .*\b` + file.Name.Name + `\.` + name + `\b`)
				if !heard.MatchString(cases) {
					t.Errorf("%s.%s of %s is a fact that models/chronicle has no case for", file.Name.Name, name, p.folder)
				}
			}
		}
	}
	if found < 30 {
		t.Errorf("only %d facts are found", found)
	}
}

// factOf is the type whose method Kind() string a declaration is.
func factOf(d ast.Decl) (name string, is bool) {
	f, function := d.(*ast.FuncDecl)
	if !function || f.Recv == nil || f.Name.Name != "Kind" || f.Type.Results == nil || len(f.Type.Params.List) > 0 {
		return "", false
	}
	result, word := f.Type.Results.List[0].Type.(*ast.Ident)
	receiver, plain := f.Recv.List[0].Type.(*ast.Ident)
	if !word || result.Name != "string" || !plain {
		return "", false
	}
	return receiver.Name, true
}
