package devices

import (
	"context"

	"fyne.io/fyne/v2/lang"

	"consign/data"
	"consign/model"
	"consign/ui/bylist"
	"consign/ui/control"
	"consign/ui/page"
)

// exchange puts another device in the place of the selected one (domain §3).
func (o Options) exchange(d page.Desk, reseller model.View) page.Action[model.Device] {
	return page.Action[model.Device]{
		Title: func(int) string { return lang.L("Exchange…") }, One: true, Needs: model.DevicesExchanged,
		Do: func(s page.Selected[model.Device]) { Exchange(d, reseller, s.Row) },
	}
}

// returned deletes the selected devices with the reference under which they came back (domain §3).
func (o Options) returned(d page.Desk, reseller model.View) page.Action[model.Device] {
	return page.Action[model.Device]{
		Title: func(int) string { return lang.L("Return…") }, Needs: model.DevicesReturned,
		Do: func(s page.Selected[model.Device]) { Return(d, o.selection(reseller, s.Selection)) },
	}
}

// ReturnByList looks up a list of devices that came back for good, and returns those that are found (domain §3).
func ReturnByList(d page.Desk, reseller model.View) {
	o := Options{}
	look := o.lookUp(d, reseller)
	look.Main = &page.Action[model.Device]{
		Title: returnTitle, Needs: model.DevicesReturned,
		Do: func(s page.Selected[model.Device]) { Return(d, o.selection(reseller, s.Selection)) },
	}
	bylist.Show(d, look)
}

func returnTitle(n int) string {
	return lang.N("Return {{.Count}} devices", n, map[string]any{"Count": page.Number(n)})
}

// Exchange asks for the device that takes the place of one of the reseller's.
func Exchange(d page.Desk, reseller model.View, old model.Device) {
	words := map[string]any{"Identifier": old.First(), "Customer": old.Customer}
	f := page.NewForm(d, lang.L("Exchange {{.Identifier}}", words), lang.N("Exchange {{.Count}} devices", 1,
		map[string]any{"Count": page.Number(1)}))
	f.Text(lang.L("The new device takes its place at {{.Customer}}: the same upload, the same tags.", words) + " " +
		lang.L("What came back is gone from all portals. The exchange is then to carry to the portal."))
	imei := f.Input(lang.L("New IMEI/MEID"), "")
	imei2 := f.Input(lang.L("New IMEI 2"), lang.L("If it has two"))
	serial := f.Input(lang.L("New serial number"), "")
	reference := page.NewReference(f)
	warned := map[string]bool{} // what is unusual is taken when it is sent once more
	f.Submit = func() {
		new, ok := readNew(f, warned, imei, imei2, serial)
		if !ok {
			return
		}
		x := reference.Of(old.ID, new)
		var done model.Done
		f.DoAsync(imei, func(ctx context.Context) (err error) {
			done, err = d.Register().Devices().Exchange(ctx, reseller, []data.Exchange{x}, nil)
			return err
		}, func() {
			f.Hide()
			d.Report(done)
		})
	}
	f.Show()
}

// readNew reads the identifiers of the new device.
func readNew(f *page.Form, warned map[string]bool, imei, imei2, serial *control.Entry) (new model.NewDevice, ok bool) {
	read := func(field *control.Entry, kind model.IdentifierKind) (model.Reading, bool) {
		if field.Text == "" {
			return model.Reading{}, true
		}
		r := model.ReadIdentifier(field.Text, kind)
		if r.Value == "" {
			f.Fail(field, model.Fail(model.Invalid, "“{{.Identifier}}” is not a device identifier.", "Identifier", field.Text))
			return r, false
		}
		if r.Verdict == model.Warning && !warned[field.Text] {
			warned[field.Text] = true
			f.Warn(field, &model.Error{Code: model.Invalid, Text: r.Reason.Text()})
			return r, false
		}
		return r, true
	}
	first, ok1 := read(imei, model.AnyIdentifier)
	if !ok1 {
		return new, false
	}
	switch first.Kind {
	case model.MEID:
		new.MEID = first.Value
	case model.SerialNumber:
		new.Serial = first.Value
	default:
		new.IMEI1 = first.Value
	}
	second, ok2 := read(imei2, model.IMEI)
	if !ok2 {
		return new, false
	}
	new.IMEI2 = second.Value
	third, ok3 := read(serial, model.SerialNumber)
	if !ok3 {
		return new, false
	}
	if third.Value != "" {
		new.Serial = third.Value
	}
	if new.Identifiers.Empty() {
		f.Fail(imei, model.Fail(model.Invalid, "A device needs an IMEI, a MEID or a serial number."))
		return new, false
	}
	return new, true
}

// Return asks for the reference under which devices of a reseller came back for good, and deletes them.
func Return(d page.Desk, s model.DeviceSelection) {
	whereabouts(d, s, func(_ []data.NamedCount, now string) {
		f := page.NewForm(d, returnTitle(s.Count), returnTitle(s.Count))
		f.Text(now + " " + page.Deletion(s.Query.View, s.Count))
		reference := page.NewReference(f)
		f.Careful()
		f.Submit = func() {
			x := reference.Of(0, model.NewDevice{})
			f.Hide()
			page.Act(d, lang.L("Deleting devices"), func(ctx context.Context, progress data.Progress) (model.Done, error) {
				var list []data.Exchange
				err := d.Register().Devices().Each(ctx, s, func(device model.Device) error {
					x.Old = device.ID
					list = append(list, x)
					return nil
				})
				if err != nil {
					return model.Done{}, err
				}
				return d.Register().Devices().Return(ctx, s.Query.View, list, progress)
			}, nil)
		}
		f.Show()
	})
}
