package newupload

import (
	"image"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"
	"github.com/boombuler/barcode"
	"github.com/boombuler/barcode/qr"

	"consign/data/intake"
	"consign/ui/control"
	"consign/ui/page"
)

// scannerCheck asks for a scan of the test code and shows what it teaches.
type scannerCheck struct {
	strip   *scannerStrip
	form    *page.Form
	field   *checkField
	result  *widget.Label
	learned *intake.Scanner
}

// askCheck asks for a scan of the test code.
func (s *scannerStrip) askCheck() {
	c := &scannerCheck{strip: s, form: page.NewForm(s.panel.desk, lang.L("Check scanner"), lang.L("Put scans right from now on"))}
	c.form.Text(lang.L("Scan this code. " +
		"From what arrives Consign learns what the keyboard layout, Caps Lock and the scanner's own settings make of a scan. " +
		"A scanner that reads lines only needs the printed page."))
	picture, err := testPicture()
	if err != nil {
		s.panel.desk.Fail(err)
		return
	}
	c.field = newCheckField(c)
	printPage := control.NewButton(lang.L("Save page to print…"), c.savePage)
	c.form.Add("", container.NewVBox(picture, container.NewHBox(layout.NewSpacer(), printPage, layout.NewSpacer())))
	c.form.Add(lang.L("What arrives"), c.field)
	c.result = c.form.Text("")
	c.result.Hide()
	c.form.SetSubmit(lang.L("Put scans right from now on"), false)
	c.form.Submit = func() {
		c.form.Hide()
		s.learn(c.learned)
	}
	c.form.Cancelled = s.panel.focus
	c.form.Show()
	s.panel.desk.Window().Canvas().Focus(c.field)
}

// testPicture is the test code on white, whatever the theme: scanners want dark on light.
func testPicture() (fyne.CanvasObject, error) {
	code, err := testQR()
	if err != nil {
		return nil, err
	}
	const perModule, side, margin = 8, 176, 20
	n := code.Bounds().Dx()
	scaled, err := barcode.Scale(code, n*perModule, n*perModule)
	if err != nil {
		return nil, err
	}
	picture := canvas.NewImageFromImage(image.Image(scaled))
	picture.ScaleMode, picture.FillMode = canvas.ImageScalePixels, canvas.ImageFillContain
	picture.SetMinSize(fyne.NewSquareSize(side))
	paper := canvas.NewRectangle(paperWhite)
	paper.CornerRadius = 4
	return container.NewCenter(container.NewStack(paper, container.New(layout.NewCustomPaddedLayout(margin, margin, margin, margin),
		picture))), nil
}

func testQR() (barcode.Barcode, error) { return qr.Encode(intake.TestCode(), qr.M, qr.Unicode) }

// take learns from what arrived.
func (c *scannerCheck) take(text string, took time.Duration) {
	c.form.Clear()
	c.result.Hide()
	learned, err := intake.LearnScanner(text, took)
	if err != nil {
		c.learned = nil
		c.form.SetSubmit(lang.L("Put scans right from now on"), false)
		c.form.Fail(c.field, err)
		return
	}
	c.learned = learned
	words := lang.L("Learned: {{.Learned}}", map[string]any{"Learned": strings.Join(scannerWords(learned), " · ")})
	if learned.Ends == "" {
		words += "\n" + lang.L("The scanner sends nothing behind a code: set it to send Enter, or press Enter after every scan.")
	}
	c.result.SetText(words)
	c.result.Show()
	c.form.SetSubmit(lang.L("Put scans right from now on"), true)
	c.form.Fit()
}

func (c *scannerCheck) savePage() {
	page.AskPathAsync(c.strip.panel.desk, page.FileName(lang.L("Check scanner"))+".pdf", func(path string) {
		if err := saveTestPage(path); err != nil {
			c.strip.panel.desk.Fail(err)
			return
		}
		c.strip.panel.desk.Say(lang.L("The page is saved: print it at full size, then scan it here."))
		c.strip.panel.desk.Window().Canvas().Focus(c.field)
	})
}

// checkField takes what arrives of the test code, with its Tabs, until Enter or until nothing more comes.
type checkField struct {
	control.Entry
	check   *scannerCheck
	strokes strokes
	quiet   *time.Timer
}

// quietAfter is how long nothing comes when a scanner that sends no Enter is done.
const quietAfter = 700 * time.Millisecond

func newCheckField(c *scannerCheck) *checkField {
	f := &checkField{check: c}
	f.ExtendBaseWidget(f)
	f.TextStyle.Monospace = true
	f.SetPlaceHolder(lang.L("waiting for the scan"))
	return f
}

// AcceptsTab implements fyne.Tabbable: the test code has one.
func (f *checkField) AcceptsTab() bool { return f.Text != "" }

// TypedRune implements fyne.Focusable.
func (f *checkField) TypedRune(r rune) {
	if f.strokes.count == 0 {
		f.SetText("") // of the scan before
	}
	f.strokes.add()
	f.Entry.TypedRune(r)
	f.wait()
}

// wait ends a scan that no Enter ends.
func (f *checkField) wait() {
	if f.quiet != nil {
		f.quiet.Stop()
	}
	if len(f.Text) >= len(intake.TestCode())/2 {
		f.quiet = time.AfterFunc(quietAfter, func() { fyne.Do(func() { f.end("") }) })
	}
}

// TypedKey implements fyne.Focusable.
func (f *checkField) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		f.end("\n")
	case fyne.KeyTab:
		f.TypedRune('\t')
	default:
		f.Entry.TypedKey(k)
	}
}

// end takes the scan, once.
func (f *checkField) end(key string) {
	if f.quiet != nil {
		f.quiet.Stop()
	}
	if f.strokes.count == 0 {
		return
	}
	took := f.strokes.took()
	f.strokes = strokes{}
	f.check.take(f.Text+key, took)
}

// TypedShortcut implements fyne.Shortcutable.
func (f *checkField) TypedShortcut(s fyne.Shortcut) {
	if isGroupSeparator(s) {
		f.TypedRune(groupSeparator)
		return
	}
	f.Entry.TypedShortcut(s)
}
