package device

import (
	"fyne.io/fyne/v2/lang"

	"consign/data"
	"consign/model"
	"consign/ui/grid"
	"consign/ui/page"
)

// as is how the first party of a portal sees the device.
func as(c data.DeviceCard, portal model.Portal) (p data.Placement, sees bool) {
	for _, p := range c.Placements {
		if p.View.Portal == portal {
			return p, true
		}
	}
	return p, false
}

// status is the device's status as its reseller sees it.
func status(c data.DeviceCard) (string, grid.Look) {
	p, _ := as(c, model.ResellerPortal)
	switch {
	case c.Deleted():
		return lang.L("Deleted"), grid.Plain
	case p.Device.Status == "":
		return page.Word(model.PendingDevice), grid.Waiting
	}
	return page.Word(p.Device.Status), page.DeviceLook(p.Device.Status)
}
