package page

import (
	"context"

	"fyne.io/fyne/v2/lang"

	"consign/model"
	"consign/ui/grid"
)

// The filters by how far something has been carried to the online portal, and by who did it.
const (
	FilterPortal = "portal" // a model.PortalState
	FilterPerson = "person" // a name
)

// PortalLook is how a badge shows how far something has been carried to the online portal.
func PortalLook(s model.PortalState) grid.Look {
	switch s {
	case model.ToCarry:
		return grid.Waiting
	case model.Confirmed:
		return grid.Good
	}
	return grid.Marked
}

// PersonFilter narrows a list to what one person did.
func PersonFilter(d Desk) grid.Filter {
	return grid.Filter{
		ID: FilterPerson, Title: lang.L("Person"),
		Text: func(value string) string { return value },
		Options: func(ctx context.Context) (options []grid.Option, err error) {
			names, err := d.Register().Activity().Persons(ctx)
			for _, name := range names {
				options = append(options, grid.Option{Value: name, Text: name})
			}
			return options, err
		},
	}
}
