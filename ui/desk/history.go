package desk

import (
	"slices"

	"consign/ui/page"
)

// mostVisits bounds how many places the desk goes back to: each keeps its pages, and with them their rows.
const mostVisits = 20

// visit is what the desk showed: a tab with what it had open. The pages are the very ones, with their filters, scroll and selection.
type visit struct {
	tab  page.Tab
	open []*shown
}

func (v *visit) has(s *shown) bool { return slices.Contains(v.open, s) }

// history is where the desk has been, in order.
type history struct {
	visits []*visit
	at     int // the one on screen
}

// add notes what is on screen now. What lay ahead is gone, unless nothing is new.
func (h *history) add(tab page.Tab, open []*shown) {
	if len(h.visits) > 0 {
		if now := h.visits[h.at]; now.tab == tab && slices.Equal(now.open, open) {
			return
		}
		h.visits = h.visits[:h.at+1]
	}
	h.visits = append(h.visits, &visit{tab, slices.Clone(open)})
	h.visits = h.visits[max(0, len(h.visits)-mostVisits):]
	h.at = len(h.visits) - 1
}

// beside is the visit so many steps ahead, or back if by is negative; nil if there is none.
func (h *history) beside(by int) *visit {
	if at := h.at + by; at >= 0 && at < len(h.visits) {
		return h.visits[at]
	}
	return nil
}

// goTo makes a visit the one on screen.
func (h *history) goTo(v *visit) { h.at = max(0, slices.Index(h.visits, v)) }

// forget drops the visits that are no longer to be gone to.
func (h *history) forget(gone func(*visit) bool) {
	var now *visit
	if len(h.visits) > 0 {
		now = h.visits[h.at]
	}
	for i := len(h.visits) - 1; i >= 0; i-- {
		if gone(h.visits[i]) {
			h.visits = slices.Delete(h.visits, i, i+1)
			if i < h.at || h.at == len(h.visits) {
				h.at--
			}
		}
	}
	h.at = max(0, h.at)
	if i := slices.Index(h.visits, now); i >= 0 {
		h.at = i
	}
}

// step goes back or forward to where the desk has been, after the page on screen had its say.
func (d *Desk) step(by int) {
	v := d.history.beside(by)
	if v == nil {
		return
	}
	d.Leave(func() {
		t := d.trails[v.tab]
		t.open = slices.Clone(v.open)
		t.kept[v.open[0].place.Page] = v.open[0]
		d.history.goTo(v)
		d.showTab(v.tab)
	})
}

// Step goes to where the desk was before, or after that, for the buttons at the side of a mouse (see office.Desk).
func (d *Desk) Step(by int) {
	if d.window.Canvas().Overlays().Top() == nil {
		d.step(by)
	}
}

func (d *Desk) stepBack()    { d.step(-1) }
func (d *Desk) stepForward() { d.step(+1) }
