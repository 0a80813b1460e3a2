package page

import (
	"context"

	"fyne.io/fyne/v2/lang"

	"consign/model"
	"consign/ui/grid"
)

// A filter over parties offers so many by name, and a search over all of them.
const partiesOffered = 12

var byCompany = []model.Sort{{Column: model.ByCompany}}

// party is an account as a filter offers it.
type party struct {
	id         int64
	name, knox string
}

// CustomerFilter narrows a list to a customer: of a reseller its customers and MSPs, of an MSP those it manages.
func CustomerFilter(d Desk, view model.View) grid.Filter {
	if view.Portal == model.MSPPortal {
		f := partyFilter(d, FilterCustomer, lang.L("Customer"), func(ctx context.Context) ([]party, error) {
			ids, err := d.Register().Managements().IDs(ctx, model.ManagementQuery{MSP: view.Account, Sort: byCompany})
			if err != nil {
				return nil, err
			}
			rows, err := d.Register().Managements().Rows(ctx, view.Account, ids)
			return parties(rows, func(m model.Management) party { return party{m.CustomerID, m.CompanyName, m.KnoxID} }), err
		})
		return withNoCustomer(f)
	}
	return partyFilter(d, FilterCustomer, lang.L("Customer"), func(ctx context.Context) ([]party, error) {
		ids, err := d.Register().Customers().IDs(ctx, model.CustomerQuery{Reseller: view.Account, Sort: byCompany})
		if err != nil {
			return nil, err
		}
		rows, err := d.Register().Customers().Rows(ctx, view.Account, ids)
		return parties(rows, func(c model.ResellerCustomer) party {
			return party{c.AccountID, c.CompanyName, c.KnoxID}
		}), err
	})
}

// ResellerFilter narrows a list of an MSP to a reseller.
func ResellerFilter(d Desk, msp model.View) grid.Filter {
	return partyFilter(d, FilterReseller, lang.L("Reseller"), func(ctx context.Context) ([]party, error) {
		ids, err := d.Register().Resellers().IDs(ctx, model.RegistrationQuery{MSP: msp.Account, Sort: byCompany})
		if err != nil {
			return nil, err
		}
		rows, err := d.Register().Resellers().Rows(ctx, msp.Account, ids)
		return parties(rows, func(g model.Registration) party { return party{g.ResellerID, g.CompanyName, g.KnoxID} }), err
	})
}

// UploadFilter says to which upload another page has narrowed a list.
func UploadFilter(d Desk, view model.View) grid.Filter {
	return grid.Filter{ID: FilterUpload, Title: lang.L("Upload"), Text: func(value string) string {
		u, err := d.Register().Uploads().ByID(context.Background(), view, ReadID(value))
		if err != nil {
			return ""
		}
		return u.UUID
	}}
}

// withNoCustomer adds the choice of devices that an MSP has not moved yet.
func withNoCustomer(f grid.Filter) grid.Filter {
	value, text := IDValue(model.NoCustomer), lang.L("No customer yet")
	options, says := f.Options, f.Text
	f.Options = func(ctx context.Context) ([]grid.Option, error) {
		all, err := options(ctx)
		return append([]grid.Option{{Value: value, Text: text}}, all...), err
	}
	f.Text = func(v string) string {
		if v == value {
			return text
		}
		return says(v)
	}
	return f
}

func partyFilter(d Desk, id, title string, read func(context.Context) ([]party, error)) grid.Filter {
	return grid.Filter{
		ID: id, Title: title,
		Text: func(value string) string {
			a, err := d.Register().Accounts().ByID(context.Background(), ReadID(value))
			if err != nil {
				return ""
			}
			return a.CompanyName
		},
		Options: func(ctx context.Context) ([]grid.Option, error) {
			all, err := read(ctx)
			if err != nil {
				return nil, err
			}
			var options []grid.Option
			for _, p := range all[:min(partiesOffered, len(all))] {
				options = append(options, grid.Option{Value: IDValue(p.id), Text: p.name})
			}
			if len(all) > partiesOffered {
				options = append(options, grid.Option{Text: lang.L("Search…"), Ask: func(then func(string)) { askParty(d, id, title, read, then) }})
			}
			return options, nil
		},
	}
}

func askParty(d Desk, id, title string, read func(context.Context) ([]party, error), then func(string)) {
	Choose(d, Choice[party]{
		Title: title, Name: "filter." + id, Button: lang.L("Show"),
		Columns: []grid.Column[party]{
			{ID: "name", Title: lang.L("COMPANY NAME"), Width: 240, Most: 600, Text: func(p party) string { return p.name }},
			{ID: "id", Title: lang.L("KNOX ID"), Width: 130, Mono: true, Text: func(p party) string { return p.knox }},
		},
		Rows: read,
		ID:   func(p party) int64 { return p.id },
		Then: func(p party) { then(IDValue(p.id)) },
	})
}

func parties[R any](rows []R, of func(R) party) []party {
	all := make([]party, len(rows))
	for i, r := range rows {
		all[i] = of(r)
	}
	return all
}

// ManagementLook is the colour of a management's STATUS.
func ManagementLook(s model.ManagementStatus) grid.Look {
	switch s {
	case model.ActiveManagement:
		return grid.Good
	case model.RejectedManagement:
		return grid.Bad
	}
	return grid.Waiting
}

// DeviceLook is the colour of a device's STATUS.
func DeviceLook(s model.DeviceStatus) grid.Look {
	switch s {
	case model.VerifiedDevice:
		return grid.Good
	case model.MPTSError:
		return grid.Bad
	case model.Exchanging:
		return grid.Marked
	}
	return grid.Waiting
}
