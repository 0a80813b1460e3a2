package page

import (
	"fyne.io/fyne/v2/lang"

	"consign/model"
)

// Deletion says where so many devices go from when a view deletes them, and what stays.
func Deletion(by model.View, count int) string {
	text := lang.N("They go from the Reseller Portal, and from the portals of the MSPs and customers that have them.", count)
	if by.Portal == model.MSPPortal {
		text = lang.N("They go from the MSP Portal, from the reseller's portal, and from the portals of the customers that have them.", count)
	}
	return text + " " +
		lang.N("Other devices, customers and the activity log are not touched. The same devices can be uploaded again.", count)
}
