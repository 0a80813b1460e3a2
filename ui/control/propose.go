package control

import (
	"strings"

	"fyne.io/fyne/v2"
)

// Proposal is a text that a field proposes, with what is said of it; Text alone comes into the field.
type Proposal struct {
	Text, Note string
}

// MostProposals are on screen at once.
const MostProposals = 8

// Matching are those of the proposals that hold every word of what is typed, in any case: first those that begin with it. What is typed
// whole is not proposed. Several texts in one field stand between commas with separated: the last one counts.
func Matching(all []Proposal, typed string) []Proposal {
	typed = strings.ToLower(strings.TrimSpace(typed))
	words := strings.Fields(typed)
	if len(words) == 0 {
		return nil
	}
	var begin, hold []Proposal
	for _, p := range all {
		text := strings.ToLower(p.Text)
		if text == typed {
			return nil
		}
		whole, holds := text+" "+strings.ToLower(p.Note), true
		for _, w := range words {
			holds = holds && strings.Contains(whole, w)
		}
		switch {
		case strings.HasPrefix(text, typed):
			begin = append(begin, p)
		case holds:
			hold = append(hold, p)
		}
	}
	begin = append(begin, hold...)
	return begin[:min(len(begin), MostProposals)]
}

// Proposing is a field that proposes while it is written into: the arrows walk the proposals, Enter takes the first or the one walked to,
// Esc closes them.
type Proposing struct {
	Entry
	// Propose gives what matches a text, the best first; see Matching. It is called at every key.
	Propose func(typed string) []Proposal
	// Taken hears of the proposal that was taken; it may be nil.
	Taken func(Proposal)
	// Several takes more than one text, between commas: the last one is completed.
	Several bool

	list *proposals
}

// NewProposing makes a field that proposes.
func NewProposing(propose func(typed string) []Proposal) *Proposing {
	e := &Proposing{Propose: propose}
	e.ExtendBaseWidget(e)
	return e
}

// TypedRune implements fyne.Focusable.
func (e *Proposing) TypedRune(r rune) {
	e.Entry.TypedRune(r)
	e.offer()
}

// TypedKey implements fyne.Focusable.
func (e *Proposing) TypedKey(k *fyne.KeyEvent) {
	if e.list != nil {
		switch k.Name {
		case fyne.KeyDown:
			e.list.walk(+1)
			return
		case fyne.KeyUp:
			e.list.walk(-1)
			return
		case fyne.KeyReturn, fyne.KeyEnter:
			e.take(e.list.found[e.list.at])
			return
		case fyne.KeyEscape:
			e.close()
			return
		}
	}
	before := e.Text
	e.Entry.TypedKey(k)
	if e.Text != before {
		e.offer()
	} else if k.Name == fyne.KeyDown && e.list == nil {
		e.offerAll()
	}
}

// TypedShortcut implements fyne.Shortcutable.
func (e *Proposing) TypedShortcut(s fyne.Shortcut) {
	e.close()
	e.Entry.TypedShortcut(s)
}

// FocusLost implements fyne.Focusable.
func (e *Proposing) FocusLost() {
	if e.Picked() {
		return
	}
	e.close()
	e.Entry.FocusLost()
}

// Picked reports whether a proposal is being clicked, for which the driver takes the keyboard from the field: it gets it back.
func (e *Proposing) Picked() bool { return e.list != nil && e.list.pressed }

// last parts what is before the text that is written from it.
func (e *Proposing) last() (before, typed string) {
	if i := strings.LastIndexByte(e.Text, ','); e.Several && i >= 0 {
		return e.Text[:i+1] + " ", strings.TrimSpace(e.Text[i+1:])
	}
	return "", e.Text
}

func (e *Proposing) offer() {
	_, typed := e.last()
	if typed == "" { // all are proposed with the arrow, not when a text was taken away
		e.close()
		return
	}
	e.show(e.Propose(typed), typed)
}

// Again proposes anew while somebody writes, because there is more to propose by now.
func (e *Proposing) Again() {
	if e.focused && e.written && e.Text != "" {
		e.offer()
	}
}

// Proposes reports whether proposals are shown.
func (e *Proposing) Proposes() bool { return e.list != nil }

// offerAll proposes what matches, and all where nothing does.
func (e *Proposing) offerAll() {
	_, typed := e.last()
	found := e.Propose(typed)
	if len(found) == 0 {
		typed = ""
		found = e.Propose(typed)
	}
	e.show(found, typed)
}

func (e *Proposing) show(found []Proposal, typed string) {
	e.close()
	layer := tipLayerOf(e.whole)
	if len(found) == 0 || layer == nil {
		return
	}
	e.list = newProposals(e, found, typed, layer)
	layer.propose(e.list)
}

func (e *Proposing) close() {
	if e.list == nil {
		return
	}
	list := e.list
	e.list = nil
	list.layer.propose(nil)
}

func (e *Proposing) take(p Proposal) {
	before, _ := e.last()
	if e.list != nil && e.list.pressed {
		e.list.canvas().Focus(e.whole.(fyne.Focusable))
	}
	e.close()
	e.Replace(before + p.Text)
	if e.Taken != nil {
		e.Taken(p)
	}
}
