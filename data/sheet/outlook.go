package sheet

import (
	"encoding/binary"
	"io"
	"slices"
	"strings"
	"unicode/utf16"
)

// openOutlook reads a mail that Outlook has saved (MS-OXMSG): properties are parts of the file, named after their number and type.
func openOutlook(from origin, parts streams, depth int) (content, error) {
	p := &parcel{path: from.path, depth: depth, left: maxParts}
	subject := parts.property("", "0037")
	var page []byte
	for _, kind := range []string{"0102", "001F", "001E"} {
		if raw, ok := parts["__substg1.0_1013"+kind]; ok {
			if page = raw; kind == "001F" {
				page = []byte(utf16Text(raw))
			}
			break
		}
	}
	body := parts.property("", "1000")
	if len(page) > 0 {
		p.text(page, true, subject)
	}
	if len(p.contents) == 0 || body != "" && !p.isTable(0) {
		p.drop(0, len(p.contents))
		p.text([]byte(body), false, subject)
	}
	var attached []string
	for name := range parts {
		folder, part, ok := strings.Cut(name, "/")
		if ok && strings.HasPrefix(folder, "__attach_") && part == "__substg1.0_37010102" {
			attached = append(attached, folder)
		}
	}
	slices.Sort(attached)
	for _, folder := range attached[:min(len(attached), maxParts)] {
		name := parts.property(folder+"/", "3707")
		if name == "" {
			name = parts.property(folder+"/", "3704")
		}
		p.attach(name, parts[folder+"/__substg1.0_37010102"])
	}
	return p.whole()
}

// property is a text property by its number, as Unicode or in the code page of the sender.
func (s streams) property(folder, number string) string {
	if raw, ok := s[folder+"__substg1.0_"+number+"001F"]; ok {
		return utf16Text(raw)
	}
	raw := s[folder+"__substg1.0_"+number+"001E"]
	if page := codePageOf(raw[:min(len(raw), headSize)]); page != nil {
		if text, err := io.ReadAll(page.NewDecoder().Reader(strings.NewReader(string(raw)))); err == nil {
			return string(text)
		}
	}
	return lineText(raw)
}

func utf16Text(raw []byte) string {
	units := make([]uint16, 0, len(raw)/2)
	for ; len(raw) >= 2; raw = raw[2:] {
		units = append(units, binary.LittleEndian.Uint16(raw))
	}
	return string(utf16.Decode(units))
}
