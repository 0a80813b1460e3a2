package intake

import (
	"slices"
	"strings"
	"unicode"

	"consign/model"
)

// garbled tells of a scan that came through another keyboard layout than the scanner types on, or through Caps Lock: what it says, or
// that it cannot be known. Empty for a scan that reads as it is. What reads as it is rules out the layouts that cannot have written it.
func (b *Bench) garbled(text string, l Label) model.Text {
	if l.isPlain(text) {
		b.ruleOut(text, l)
		return model.Text{}
	}
	var meant []string
	var by *board
	all := boards()
	for i := range all {
		read, ok := all[i].decode(text)
		if !ok || isSmall(read) || !isPlain(read) || slices.Contains(meant, read) {
			continue
		}
		if by == nil {
			by = &all[i]
		}
		meant = append(meant, read)
	}
	switch {
	case len(l.Devices) > 0 && !isSmall(text), l.Reason.Template == unclearCarton.Template:
		return model.Text{} // a serial number of another make, an IMEI with a wrong digit
	case len(meant) == 1 && by.caps != capsOff:
		return model.Say("Garbled by Caps Lock and the keyboard layout ({{.Keyboard}}): the code says {{.Code}}. Not taken: "+
			"turn Caps Lock off or check the scanner, then scan again.",
			"Keyboard", by.name, "Code", meant[0])
	case len(meant) == 1:
		return model.Say("Garbled by the keyboard layout ({{.Keyboard}}): the code says {{.Code}}. Not taken: "+
			"check the scanner, then scan again.",
			"Keyboard", by.name, "Code", meant[0])
	case isSmall(text) && (len(meant) > 0 || looksLikeIdentifier(strings.ToUpper(text))):
		return model.Say("Small letters: Caps Lock is on, and by the keyboard layout letters may have changed places. Not taken: " +
			"turn Caps Lock off or check the scanner, then scan again.")
	case len(meant) > 0, strings.ContainsFunc(text, isForeign):
		return model.Say("Garbled by the keyboard layout or Caps Lock, and what the code says is not sure. Not taken: " +
			"check the scanner, then scan again.")
	}
	return model.Text{}
}

// isForeign reports a sign that no label of a device has in its codes.
func isForeign(r rune) bool {
	return r > unicode.MaxASCII && !unicode.IsSpace(r) && !unicode.Is(unicode.Cf, r) && !unicode.Is(unicode.Pd, r)
}

// ruleOut strikes the layouts off that cannot have written a scan that reads as it is.
func (b *Bench) ruleOut(text string, l Label) {
	if b.checked || b.mixed {
		return // put right, it tells nothing of the layout
	}
	all := boards()
	b.layouts = slices.DeleteFunc(b.layouts, func(i int) bool {
		if _, ok := all[i].decode(text); !ok {
			return true
		}
		return slices.ContainsFunc(l.words(text), func(word string) bool {
			read, _ := all[i].decode(word)
			return read != word && !isPlain(read)
		})
	})
}

// words are what a label says, one by one: a code of a carton is long, and a few of its devices tell as much as all.
func (l Label) words(text string) []string {
	const enough = 3
	if len(l.Devices) < 2 {
		return []string{text}
	}
	var words []string
	for _, d := range l.Devices[:min(enough, len(l.Devices))] {
		words = append(words, identifiersOf(d.ids)...)
	}
	return words
}

// unsure adds to what is said of a scan that it would read as well if letters had changed places on its way, as Y and Z do on a German
// keyboard. After a check of the scanner, or a scan that such a keyboard cannot have written, there is nothing to add.
func (b *Bench) unsure(said *Scanned, text string, l Label) {
	if b.checked {
		return
	}
	all := boards()
	for _, i := range b.layouts {
		read, _ := all[i].decode(text)
		if read == text || isSmall(read) {
			continue
		}
		doubt := model.Say("Taken as {{.Code}}. By another keyboard layout ({{.Keyboard}}) it would be {{.Other}}: "+
			"check the scanner once to be sure.",
			"Code", text, "Keyboard", all[i].name, "Other", read)
		if len(l.Devices) > 1 {
			doubt = model.Say("By another keyboard layout ({{.Keyboard}}) letters in it would be others: check the scanner once to be sure.",
				"Keyboard", all[i].name)
		}
		if said.Reason.Template != "" {
			doubt = model.Say("{{.Said}} {{.Also}}", "Said", said.Reason, "Also", doubt)
		}
		said.Reason = doubt
		return
	}
}
