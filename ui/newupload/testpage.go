package newupload

import (
	"image/color"
	"time"
	"unicode"

	"codeberg.org/go-pdf/fpdf"
	"fyne.io/fyne/v2/theme"
	"github.com/boombuler/barcode"
	"github.com/boombuler/barcode/code128"

	"consign/data/intake"
	"consign/model"
	"consign/ui/page"
)

var paperWhite = color.NRGBA{0xff, 0xff, 0xff, 0xff}

// The page, in millimetres: A4 across, the QR code for imagers above the bar code for scanners that read lines only.
const (
	pageMargin   = 20.0
	pageWidth    = 297.0
	qrSide       = 62.0
	qrTop        = 62.0
	barsTop      = 146.0
	barsHeight   = 30.0
	narrowestBar = 0.33 // of a bar code that every scanner reads
)

// The words of the page, in a font that it carries along: the PDF's own have no Polish letters.
var (
	pageFont  = "Consign"
	pageTitle = model.Say("Check scanner")
	pageText  = model.Say("In Consign, choose New upload, Scan, Check scanner. Then scan one of these codes: they say the same. " +
		"The lower one is for scanners that read lines only.")
)

// saveTestPage writes the page with the test code as a PDF to path. It may run on any goroutine, and takes some milliseconds.
func saveTestPage(path string) error {
	square, err := testQR()
	if err != nil {
		return err
	}
	bars, err := code128.Encode(intake.TestCode())
	if err != nil {
		return err
	}
	pdf := fpdf.New("L", "mm", "A4", "")
	pdf.SetCreationDate(time.Now())
	pdf.SetTitle(page.Words(pageTitle), true)
	pdf.SetAutoPageBreak(false, 0)
	pdf.AddPage()
	pdf.AddUTF8FontFromBytes(pageFont, "", theme.TextFont().Content())
	pdf.AddUTF8FontFromBytes(pageFont, "B", theme.TextBoldFont().Content())
	pdf.SetFont(pageFont, "B", 20)
	pdf.SetXY(pageMargin, pageMargin)
	pdf.CellFormat(0, 10, printable(pageTitle), "", 1, "L", false, 0, "")
	pdf.SetFont(pageFont, "", 12)
	pdf.SetX(pageMargin)
	pdf.MultiCell(pageWidth-2*pageMargin, 6, printable(pageText), "", "L", false)
	draw(pdf, square, (pageWidth-qrSide)/2, qrTop, qrSide/float64(square.Bounds().Dx()), 0)
	module := min(narrowestBar, (pageWidth-2*pageMargin)/float64(bars.Bounds().Dx()))
	draw(pdf, bars, (pageWidth-module*float64(bars.Bounds().Dx()))/2, barsTop, module, barsHeight)
	if err := pdf.OutputFileAndClose(path); err != nil {
		return model.Fail(model.Unwritable, "The page cannot be saved there: choose another folder.").Because(err)
	}
	return nil
}

// printable is what is said, in English where the font has no signs for it: Korean.
func printable(said model.Text) string {
	text := page.Words(said)
	for _, r := range text {
		if unicode.In(r, unicode.Hangul, unicode.Han, unicode.Hiragana, unicode.Katakana) {
			return said.Template
		}
	}
	return text
}

// draw draws the dark modules of a code as rectangles, sharp at every size. height is that of bars, 0 for square modules.
func draw(pdf *fpdf.Fpdf, code barcode.Barcode, left, top, module, height float64) {
	pdf.SetFillColor(0, 0, 0)
	b := code.Bounds()
	tall := height
	if tall == 0 {
		tall = module
	}
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			from := x
			for x < b.Max.X && isDark(code.At(x, y)) {
				x++ // one rectangle for dark neighbours: between two a printer leaves a hair
			}
			if x > from {
				pdf.Rect(left+module*float64(from-b.Min.X), top+module*float64(y-b.Min.Y), module*float64(x-from), tall, "F")
			}
		}
	}
}

func isDark(c color.Color) bool {
	r, _, _, _ := c.RGBA()
	return r < 0x8000
}
