package grid

import (
	"strings"

	"consign/ui/control"
)

// Align says where the text of a column stands.
type Align int

const (
	// Leading puts the text at the start of its cell.
	Leading Align = iota
	// Trailing puts the text at the end of its cell, as numbers want it.
	Trailing
)

// Look is the colour in which a badge says its word.
type Look = control.Look

// The looks (see control.Look).
const (
	Plain   = control.Plain
	Good    = control.Good
	Waiting = control.Waiting
	Bad     = control.Bad
	Marked  = control.Marked
)

// Column declares one column of a table over rows of type R.
type Column[R any] struct {
	// ID names the column in sort keys and in the kept layout. It is never shown.
	ID string
	// Title heads the column. It is broken where the column is too narrow, at a soft hyphen (U+00AD), too, which is never shown otherwise.
	Title string
	// Width is the least width until the user chooses one, in Fyne's units for letters of the usual size 14; it grows with larger ones, and
	// with a title that needs more. 0 means 120.
	Width float32
	// Most is the width up to which the column takes a share of the room that a wide table has to spare: of 0 for its title on one line.
	Most float32
	// Spare gives the column the room that a wide table has to spare before all others: for a text that says most and is long.
	Spare bool
	// Letters is by how many letters the rows size the column at most, in a table that is sized by them: 0 for all that they hold.
	Letters int
	// Words are what the column can say, if that is little: it is wide enough for each of them.
	Words []string
	// Align says where the text stands.
	Align Align
	// Mono sets the text in the monospaced face.
	Mono bool
	// Text is what a row shows, seeks and copies in this column. It is called from any goroutine.
	Text func(R) string
	// Short is what stands in the place of Text, or of the badge if there is no text, where that does not fit; the tip says it in full.
	// It may be nil.
	Short func(R) string
	// Badge is a word in a colour: instead of Text, or behind it as a tag; an empty word shows no badge. It is called from any goroutine.
	Badge func(R) (string, Look)
	// Opens shows the text as a link: a click on it opens the row.
	Opens bool
	// Sortable lets a click on the header sort by this column.
	Sortable bool
	// Hidden keeps the column out of sight until the user shows it.
	Hidden bool
	// Compare orders two rows for a Slice; nil compares the texts without regard to case.
	Compare func(a, b R) int

	breaks string // Title with its soft hyphens, while Title has none in a table
}

const softHyphen = "\u00ad"

// PlainTitle is a title of a column on one line, without its soft hyphens.
func PlainTitle(title string) string { return strings.ReplaceAll(title, softHyphen, "") }

// String is what the column says of a row in words: its text, or the word of its badge.
func (c Column[R]) String(row R) string {
	if c.Text != nil {
		return c.Text(row)
	}
	if c.Badge != nil {
		word, _ := c.Badge(row)
		return word
	}
	return ""
}
