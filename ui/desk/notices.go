package desk

import (
	"fyne.io/fyne/v2/lang"

	"consign/data"
	"consign/model"
	"consign/ui/page"
	"consign/ui/safe"
	"consign/ui/settings"
	"consign/ui/shell"
)

// notify says above the pages what holds for the whole register: that it is the sample, that it can only be read, that it is damaged.
func (d *Desk) notify() {
	if d.sample {
		d.frame.Notify(shell.Notice{Text: lang.L("Sample data: try anything. Your own register is not touched."),
			Short: lang.L("Sample data"),
			Also:  lang.L("Tour"), DoAlso: d.takeTour, Button: lang.L("Leave the sample"), Do: d.leaveSample})
	}
	switch why := d.register.ReadOnly(); {
	case why != nil && d.register.Role() == model.RegisterReader: // which opening again does not change
		d.frame.Notify(shell.Notice{Text: page.ErrorText(why)})
	case why != nil:
		d.frame.Notify(shell.Notice{Text: page.ErrorText(why), Button: lang.L("Open again"), Do: d.program.Reopen})
	}
	d.noteDamage()
}

// noteDamage marks a damaged register for as long as it is open.
func (d *Desk) noteDamage() {
	if d.register.Damage() == nil || d.damaged {
		return
	}
	d.damaged = true
	d.frame.Notify(shell.Notice{Text: lang.L("Damaged · What you see may be incomplete, and nothing is changed any more."),
		Button: lang.L("What can be done?"), Do: d.warnOfDamage})
}

// warnOfDamage says what is wrong with the register and what can be done.
func (d *Desk) warnOfDamage() {
	if d.warned { // and it is being read
		return
	}
	d.warned = true
	if d.sample {
		safe.WarnOfDamagedSample(d, func() { d.Leave(d.program.RemakeSampleAsync) }).SetOnClosed(func() { d.warned = false })
		return
	}
	restore := func() { d.Go(page.Place{Tab: page.SettingsTab, Page: settings.Backups}) }
	safe.WarnOfDamage(d, d.register.Path(), restore).SetOnClosed(func() { d.warned = false })
}

// found tells what a look at the register has found.
func (d *Desk) found(c data.Change) {
	if c.Touches(data.DamageFound) && !d.damaged {
		d.noteDamage()
		d.warnOfDamage()
	}
	if c.Touches(data.LogBroken) {
		d.noteBreak()
	}
}

// noteBreak says that the register is not as its acts left it.
func (d *Desk) noteBreak() {
	if d.broken {
		return
	}
	d.broken = true
	d.frame.Notify(shell.Notice{Text: lang.L("Changed without Consign · Places in the register are not as the acts in its log left them."),
		Button: lang.L("Check…"), Do: func() { d.Go(page.Place{Tab: page.SettingsTab, Page: settings.Check}) }})
}
