package newupload

import (
	"image/color"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/lang"

	"consign/model"
	"consign/ui/control"
)

// scanBox is the line of text that a scanner types into. Enter or Tab ends a scan, as scanners are set; Space in an empty box ends a
// box that has no serial number, Ctrl+Z takes the last scan back, Ctrl+Enter goes on to the review; when the focus would go nowhere it
// stays here.
type scanBox struct {
	control.Entry
	panel   *scanPanel
	strokes strokes
}

func newScanBox(p *scanPanel) *scanBox {
	b := &scanBox{panel: p}
	b.ExtendBaseWidget(b)
	b.TextStyle.Monospace = true
	return b
}

// AcceptsTab implements fyne.Tabbable.
func (b *scanBox) AcceptsTab() bool { return b.Text != "" }

// submit takes what was typed as a scan.
func (b *scanBox) submit() {
	text, typed := b.Text, b.panel.scanner.typed(b.Text, b.strokes)
	b.clear()
	if typed {
		b.panel.takeTyped(text)
		return
	}
	b.panel.take(text)
}

func (b *scanBox) clear() {
	b.strokes = strokes{}
	b.SetText("")
}

// TypedRune implements fyne.Focusable.
func (b *scanBox) TypedRune(r rune) {
	if r == ' ' && b.Text == "" && !b.Fresh() {
		b.panel.closeBox()
		return
	}
	b.strokes.add()
	b.Entry.TypedRune(r)
}

// TypedKey implements fyne.Focusable.
func (b *scanBox) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		b.submit()
	case fyne.KeyTab:
		if b.panel.scanner.endsWithEnter() {
			b.TypedRune('\t') // between the parts of a code
			return
		}
		b.submit()
	case fyne.KeyEscape:
		b.clear()
	default:
		b.Entry.TypedKey(k)
	}
}

// TypedShortcut implements fyne.Shortcutable.
func (b *scanBox) TypedShortcut(s fyne.Shortcut) {
	if _, undoes := s.(*fyne.ShortcutUndo); undoes && b.Text == "" {
		b.panel.undoLast()
		return
	}
	if control.Submits(s) {
		b.panel.done()
		return
	}
	if isGroupSeparator(s) {
		b.TypedRune(groupSeparator)
		return
	}
	b.Entry.TypedShortcut(s)
}

// FocusLost implements fyne.Focusable.
func (b *scanBox) FocusLost() {
	b.Entry.FocusLost()
	fyne.Do(b.panel.keepsFocus)
}

// groupSeparator parts a GS1 code. Scanners type it as Ctrl and ].
const groupSeparator = '\x1d'

func isGroupSeparator(s fyne.Shortcut) bool {
	c, custom := s.(*desktop.CustomShortcut)
	return custom && c.Modifier == fyne.KeyModifierControl && c.KeyName == fyne.KeyRightBracket
}

// now is the clock by which typing by hand is told from a scan.
var now = time.Now

// strokes is how many signs came into a field one by one, and when.
type strokes struct {
	count       int
	first, last time.Time
}

func (s *strokes) add() {
	s.last = now()
	if s.count == 0 {
		s.first = s.last
	}
	s.count++
}

// took is the time from the first sign to the last.
func (s strokes) took() time.Duration { return s.last.Sub(s.first) }

// shortestScan is the length of the shortest code that a scanner types; no count of boxes is as long.
const shortestScan = 8

// expectedField is the count that is expected. A scan that went into it goes on to the bench, and the count stays.
type expectedField struct {
	control.Entry
	before string // when it got the focus
	panel  *scanPanel
}

func newExpectedField(p *scanPanel) *expectedField {
	f := &expectedField{panel: p}
	f.ExtendBaseWidget(f)
	f.SetPlaceHolder(lang.L("how many"))
	return f
}

// set shows a count, 0 for none.
func (f *expectedField) set(n int) {
	f.before = ""
	if n > 0 {
		f.before = strconv.Itoa(n)
	}
	f.SetText(f.before)
}

// count is the number in the field, 0 if it is none.
func (f *expectedField) count() int {
	text := strings.TrimSpace(f.Text)
	if len(text) >= shortestScan {
		text = f.before
	}
	n, _ := strconv.Atoi(text)
	return n
}

// FocusGained implements fyne.Focusable.
func (f *expectedField) FocusGained() {
	f.before = f.Text
	f.Entry.Entry.FocusGained() // nothing is selected: a scan that comes here does not replace the count
}

// FocusLost implements fyne.Focusable.
func (f *expectedField) FocusLost() {
	f.Entry.FocusLost()
	f.panel.keepExpected()
}

// AcceptsTab implements fyne.Tabbable: some scanners end with it.
func (f *expectedField) AcceptsTab() bool { return len(f.Text) >= shortestScan }

// TypedKey implements fyne.Focusable.
func (f *expectedField) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeyTab:
	default:
		f.Entry.TypedKey(k)
		return
	}
	if text := f.Text; len(text) >= shortestScan {
		count, code := f.split(text)
		f.SetText(count)
		f.panel.take(code)
	}
	f.panel.focus()
}

// split parts a count from the scan that came right behind it.
func (f *expectedField) split(text string) (count, code string) {
	for _, cut := range [...]func(s, part string) (string, bool){strings.CutPrefix, strings.CutSuffix} {
		if code, whole := cut(text, f.before); whole && f.before != "" {
			return f.before, code
		}
	}
	for i := range min(shortestScan, len(text)) {
		if i > 0 && (text[i-1] < '0' || text[i-1] > '9') {
			break
		}
		got := model.ReadIdentifier(text[i:], model.AnyIdentifier) // 300 and an IMEI are as long as a decimal MEID
		if got.Verdict == model.OK && got.Kind != model.MEID || got.Reason == model.IsEAN || got.Reason == model.IsICCID {
			return text[:i], text[i:]
		}
	}
	return f.before, text
}

// tint is a colour as a quiet background.
func tint(r, g, b uint32) color.Color {
	return color.NRGBA{uint8(r >> 8), uint8(g >> 8), uint8(b >> 8), 0x40}
}
