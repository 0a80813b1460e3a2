package data

import (
	"time"

	"consign/model"
)

// samplePersons sit at the desk of the sample in turn.
var samplePersons = [...]string{"Vera Winkler", "Jan Ott", "Aylin Demir"}

// own are the parties of the sample that carry to a portal.
func (y *year) own() []model.View {
	return []model.View{model.As(model.Reseller, y.northwind), model.As(model.Reseller, y.alpine), model.As(model.MSP, y.msp)}
}

// carry notes that the month's portal files are saved and, but for the latest, that the portal's own export showed them.
func (y *year) carry(confirmed bool) {
	for _, view := range y.own() {
		y.then(func() error {
			sel, err := y.r.Carrying().ToCarry(y.ctx, view)
			if err != nil || len(sel.Uploads)+len(sel.Acts) == 0 {
				return err
			}
			if _, err := y.r.Carrying().MarkCarried(y.ctx, view, sel); err != nil || !confirmed {
				return err
			}
			y.at = y.at.Add(26 * time.Hour)
			_, err = y.r.Carrying().Confirm(y.ctx, view, sel)
			return err
		})
	}
}

// exchange puts new devices in the place of n of the reseller's that came back.
func (y *year) exchange(reseller int64, n int, reference, note string) {
	y.then(func() error {
		view := model.As(model.Reseller, reseller)
		sel, err := y.some(model.DeviceQuery{View: view, Status: model.VerifiedDevice}, n)
		if err != nil {
			return err
		}
		devices, err := y.r.Devices().Rows(y.ctx, view, sel.IDs)
		if err != nil {
			return err
		}
		var list []Exchange
		for i, new := range y.devices(len(devices)) {
			new.Model = devices[i].Model
			list = append(list, Exchange{Old: devices[i].ID, New: new, Reference: reference, Day: y.at, Note: note})
		}
		_, err = y.r.Devices().Exchange(y.ctx, view, list, nil)
		return err
	})
}

// takeBack returns n devices of a customer for good.
func (y *year) takeBack(reseller, customer int64, n int, reference string) {
	y.then(func() error {
		view := model.As(model.Reseller, reseller)
		sel, err := y.some(model.DeviceQuery{View: view, Customer: customer}, n)
		if err != nil {
			return err
		}
		var list []Exchange
		for _, id := range sel.IDs {
			list = append(list, Exchange{Old: id, Reference: reference, Day: y.at})
		}
		_, err = y.r.Devices().Return(y.ctx, view, list, nil)
		return err
	})
}

// order notes an order of which the upload delivered a part, and one of which nothing has come.
func (y *year) order(delivered model.Upload) {
	y.act(func() (model.Done, error) {
		view := model.As(model.Reseller, y.northwind)
		sel, err := y.some(model.DeviceQuery{View: view, Upload: delivered.ID}, 1)
		if err != nil {
			return model.Done{}, err
		}
		devices, err := y.r.Devices().Rows(y.ctx, view, sel.IDs)
		if err != nil {
			return model.Done{}, err
		}
		return y.r.Orders().Add(y.ctx, y.northwind, []model.Order{
			{TargetID: delivered.TargetID, Number: delivered.OrderNumber, Day: y.at.AddDate(0, 0, -9), Note: "Filiale Köln, zweite Lieferung folgt",
				Lines: []model.OrderLine{{Model: devices[0].Model, Expected: delivered.Devices + 25}}},
			{TargetID: y.customers[contoso], Number: "PO-2026/118", Day: y.at.AddDate(0, 0, -2),
				Lines: []model.OrderLine{{Model: "SM-S921B", Expected: 40}, {Model: "SM-X216B", Expected: 10}}},
		})
	})
}
