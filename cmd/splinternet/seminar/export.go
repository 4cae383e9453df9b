package seminar

import (
	"bytes"
	"net/http"
	"os"
)

// export hands the instructor files of the room.
func (p *debrief) export(w http.ResponseWriter, r *http.Request) {
	if _, ok := p.instructor(w, r); !ok {
		return
	}
	file := r.PathValue("file")
	var b bytes.Buffer
	var err error
	kind := "application/octet-stream"
	switch file {
	case "log.csv":
		kind, err = "text/csv; charset=utf-8", p.room.View().WriteLog(&b)
	case "tables.zip":
		kind, err = "application/zip", p.zip(&b)
	case "room.jsonl":
		var text []byte
		text, err = os.ReadFile(p.room.Path())
		b.Write(text)
	case "class.toml":
		b.WriteString(p.room.View().ClassText())
	default:
		p.sorry(w, http.StatusNotFound, "There is no such file.")
		return
	}
	if err != nil {
		p.refused(w, err)
		return
	}
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Disposition", `attachment; filename="`+file+`"`)
	_, _ = w.Write(b.Bytes())
}

func (p *debrief) zip(b *bytes.Buffer) error {
	extra := map[string][]byte{}
	v := p.room.View()
	if v.State.Through > 0 {
		pack, err := p.packText()
		if err != nil {
			return err
		}
		extra["debrief.html"] = pack
	}
	return v.Zip(b, extra)
}
