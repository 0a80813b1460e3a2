package review

import (
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"

	"consign/ui/control"
	"consign/ui/page"
)

// How much of a list stands in the box. The toolkit draws a text in a time that grows with the square of its lines: minutes for 100,000.
const (
	linesInBox   = 500
	lettersInBox = 32 << 10 // bytes
)

// PasteBox is the big box for a list. Of a long one it shows the first lines and keeps the others.
type PasteBox struct {
	control.Entry
	more func(says string) // hears what is said of lines that are not shown

	head, rest string // a long list: what was put into the box of it, and what comes behind that
	kept       bool   // the rest belongs to what stands in the box
	filled     bool   // by the program, and nobody wrote since
}

// NewPasteBox makes an empty box; more hears what is to be said below the box of lines that are not shown.
func NewPasteBox(more func(says string)) *PasteBox {
	b := &PasteBox{more: more}
	b.MultiLine, b.Wrapping = true, fyne.TextWrapOff
	b.ExtendBaseWidget(b)
	b.TextStyle.Monospace = true
	return b
}

// List is the whole list.
func (b *PasteBox) List() string {
	if b.kept {
		return b.Text + b.rest
	}
	return b.Text
}

// SetText puts a list into the box, as the program does it.
func (b *PasteBox) SetText(text string) {
	b.head, b.rest = inBox(text)
	b.kept, b.filled = b.rest != "", text != ""
	b.Entry.SetText(b.head)
	b.tell()
}

// inBox cuts a list after what is shown of it.
func inBox(text string) (head, rest string) {
	end := min(len(text), lettersInBox)
	for end > 0 && end < len(text) && !utf8.RuneStart(text[end]) {
		end--
	}
	from, lines := 0, 0
	for lines < linesInBox {
		i := strings.IndexByte(text[from:end], '\n')
		if i < 0 {
			break
		}
		from, lines = from+i+1, lines+1
	}
	if from > 0 && (lines == linesInBox || end < len(text)) {
		end = from
	}
	return text[:end], text[end:]
}

// Again says anew what is to be said of the list: it was not taken.
func (b *PasteBox) Again() {
	b.OnChanged(b.Text)
	b.tell()
}

// tell says how many lines are not shown.
func (b *PasteBox) tell() {
	says := ""
	if b.kept {
		n := strings.Count(strings.TrimSpace(b.rest), "\n") + 1
		says = lang.N("{{.Count}} more lines are not shown, and taken with these.", n, map[string]any{"Count": page.Number(n)})
	}
	b.more(says)
}

// typed does what a person does to the text. What is written over all of it takes the place of the lines that are not shown, too.
func (b *PasteBox) typed(do func()) {
	before, all := b.Text, b.SelectedText() == b.Text
	do()
	switch {
	case b.Text == b.head:
		b.kept = b.rest != ""
	case b.Text == "" || all && b.Text != before:
		b.kept = false
	}
	b.filled = b.filled && b.Text == before
	b.tell()
}

// paste takes the place of what the program put into the box, which mostly is the same.
func (b *PasteBox) paste(s *fyne.ShortcutPaste) {
	if b.filled {
		b.Entry.TypedShortcut(&fyne.ShortcutSelectAll{})
	}
	text := s.Clipboard.Content()
	switch _, rest := inBox(text); {
	case rest == "":
		b.typed(func() { b.Entry.TypedShortcut(s) })
	case b.Text == "" || b.SelectedText() == b.Text:
		b.SetText(text)
	default:
		b.SetText(strings.TrimSuffix(b.List(), "\n") + "\n" + text)
	}
}

// TypedRune implements fyne.Focusable.
func (b *PasteBox) TypedRune(r rune) { b.typed(func() { b.Entry.TypedRune(r) }) }

// TypedKey implements fyne.Focusable.
func (b *PasteBox) TypedKey(k *fyne.KeyEvent) { b.typed(func() { b.Entry.TypedKey(k) }) }

// TypedShortcut implements fyne.Shortcutable.
func (b *PasteBox) TypedShortcut(s fyne.Shortcut) {
	if control.Submits(s) { // what the dialog does then has its own to say
		b.Entry.TypedShortcut(s)
		return
	}
	if pasted, is := s.(*fyne.ShortcutPaste); is {
		b.paste(pasted)
		return
	}
	b.typed(func() { b.Entry.TypedShortcut(s) })
}

// Hint is what the empty box proposes, in one line.
func (b *PasteBox) Hint() string { return strings.Join(strings.Fields(b.PlaceHolder), " ") }

// Resize implements fyne.CanvasObject: the hint has as many lines as it needs, where text that is pasted has its own.
func (b *PasteBox) Resize(size fyne.Size) {
	b.Entry.Resize(size)
	th := b.Theme()
	room := size.Width - 4*th.Size(theme.SizeNameInnerPadding)
	hint := broken(b.Hint(), func(line string) bool {
		return room <= 0 || fyne.MeasureText(line, th.Size(theme.SizeNameText), b.TextStyle).Width <= room
	})
	if hint != b.PlaceHolder {
		b.SetPlaceHolder(hint)
	}
}

// broken breaks a text between words into lines that fit.
func broken(text string, fits func(line string) bool) string {
	var whole, line string
	for _, word := range strings.Fields(text) {
		if longer := line + " " + word; line == "" || fits(longer) {
			line = strings.TrimSpace(longer)
			continue
		}
		whole += line + "\n"
		line = word
	}
	return whole + line
}
