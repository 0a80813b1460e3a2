package devices

import (
	"consign/model"
	"consign/ui/bylist"
	"consign/ui/device"
	"consign/ui/page"
)

// byList looks up lists for the page: what can be done with its rows can be done with what is found.
func (o Options) byList(d page.Desk, view model.View) func(selectRows func([]int64)) {
	if view.Portal == model.CustomerPortal {
		return nil
	}
	return func(selectRows func([]int64)) {
		look := o.lookUp(d, view)
		look.Select = selectRows
		bylist.Show(d, look)
	}
}

// lookUp describes a list of the viewer's devices: an MSP moves them, if nothing else is chosen, on a customer's page to that one.
func (o Options) lookUp(d page.Desk, view model.View) bylist.Options {
	look := bylist.Options{View: view, Here: max(0, o.Within.Customer), Actions: o.actions(d, view),
		Open: func(id int64) { device.ShowCard(d, id) }}
	if view.Portal == model.MSPPortal {
		move := o.move(d, view)
		if o.Within.Customer > 0 {
			move = moveHere(d, view, o.Within.Customer)
		}
		look.Main = &move
	}
	return look
}

// LookUp describes a list that is looked up beside any page: for the account of ours that views, or with the zero view for all of them,
// which can only be looked at.
func LookUp(d page.Desk, view model.View) bylist.Options { return Options{}.lookUp(d, view) }
