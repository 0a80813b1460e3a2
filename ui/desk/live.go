package desk

import (
	"fyne.io/fyne/v2/lang"

	"consign/data"
	"consign/model"
	"consign/ui/page"
	"consign/ui/shell"
)

// This file is what a desk has to do with the other desks of a shared register: it says what they did, and when the server is away.

// othersActed says quietly who did what at another desk. The pages have read again by then.
func (d *Desk) othersActed(acts []model.Activity) {
	if d.closed() || d.tab == "" {
		return
	}
	last := acts[len(acts)-1]
	words := map[string]any{"Person": last.PerformedBy, "Act": page.Words(last.Detail)}
	says := lang.L("{{.Person}}: {{.Act}}", words)
	if more := len(acts) - 1; more > 0 {
		says += " " + lang.N("And {{.Count}} acts before it.", more, map[string]any{"Count": page.Number(more)})
	}
	d.frame.Murmur(says)
}

// reachChanged marks the desk while the server is away. What is on screen stays, and is read again when it is back.
func (d *Desk) reachChanged() {
	away := d.register.Away() != nil
	switch {
	case away && d.back == nil:
		d.back = d.frame.Notify(shell.Notice{Text: lang.L("Away from the server · What you see is from before. " +
			"Lists and scans stay, and nothing is changed until it is back.")})
	case !away && d.back != nil:
		d.back()
		d.back = nil
		d.frame.Murmur(lang.L("The server is back."))
	}
}

// roleChanged makes menus and pages anew once the person at the desk has another role: what it does not allow is off. A page with work that
// is not saved is asked first, and stays as it is if that goes on.
func (d *Desk) roleChanged() {
	role := d.register.Role()
	if role == d.role {
		return
	}
	d.role = role
	d.layMenu()
	d.frame.Murmur(lang.L("Your role in this register has changed: {{.Role}}.", map[string]any{"Role": page.Word(role)}))
	at := d.trails[d.tab].top().place
	d.Leave(func() {
		var old []*shown
		for _, t := range d.trails {
			t.each(func(s *shown) {
				if s.page.Leave == nil {
					old = append(old, s)
				}
			})
		}
		for _, s := range old {
			d.trails[s.place.Tab].forget(s)
			d.history.forget(func(v *visit) bool { return v.has(s) })
		}
		d.goTo(at)
	})
}

// unreached reports whether an error says no more than the mark of a server that is away.
func (d *Desk) unreached(err error) bool { return model.CodeOf(err) == model.Away && d.back != nil }

// listenToOthers hears of other desks until the desk closes.
func (d *Desk) listenToOthers() {
	d.close = append(d.close, d.register.OnOthers(func(acts []model.Activity) { d.program.Do(func() { d.othersActed(acts) }) }))
	if d.register.Away() != nil { // since it was opened
		d.reachChanged()
	}
}

// stays reports whether the pages stay as they are although the register may have changed: it cannot be read now.
func (d *Desk) stays(c data.Change) bool {
	if c.Touches(data.ReachChanged) {
		d.reachChanged()
	}
	return d.back != nil
}
