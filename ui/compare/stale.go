package compare

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"consign/model"
	"consign/ui/control"
	"consign/ui/page"
)

// newNotice is what says that the differences are old; it is hidden while they are not.
func (x *comparing) newNotice() *fyne.Container {
	text := control.NewName(lang.L("The register has changed since the comparison: these differences are old."), 0)
	notice := control.InOrder(nil, widget.NewIcon(theme.NewWarningThemedResource(theme.InfoIcon())), text,
		container.NewCenter(control.NewButton(lang.L("Compare again"), x.again)), nil)
	notice.Hide()
	return notice
}

// outdated says so if an act or an undo, at whichever desk, may have changed what was compared. It is not compared again unasked: that may
// take long, and would take away what somebody is looking at.
func (x *comparing) outdated() {
	if x.current == nil {
		return
	}
	asked, current := x.stale, x.current
	page.Read(x.desk, func(ctx context.Context) (stale bool, err error) {
		if err = current(ctx); model.CodeOf(err) == model.Refused {
			return true, nil
		}
		return false, err
	}, func(stale bool) {
		if stale && asked == x.stale {
			asked.Show()
		}
	})
}

// settling has do settle the selected differences, unless they are old.
func settling[R any](x *comparing, do func(at []int64)) func(page.Selected[R]) {
	return func(s page.Selected[R]) {
		current := x.current
		page.Read(x.desk, func(ctx context.Context) ([]int64, error) {
			if err := current(ctx); err != nil {
				return nil, err
			}
			return s.List(ctx)
		}, do)
	}
}
