package data

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"consign/model"
)

// noteParts notes at which customers and MSPs the gathered devices are for the party that acts; an MSP's at no customer, which come last,
// have the account model.NoCustomer.
func (a *act) noteParts() error {
	at := "g.upload_id"
	if a.portal == model.MSPPortal {
		at = "g.moved_id"
	}
	a.parts = nil
	return a.tx.Raw(`SELECT coalesce(t.id, ?) AS account_id, coalesce(t.company_name, '') AS company_name, coalesce(t.knox_id, '') AS knox_id,
		sum(g.devices) AS devices FROM gathered g LEFT JOIN uploads u ON u.id = `+at+` LEFT JOIN accounts t ON t.id = u.target_id
		GROUP BY t.id, t.company_name, t.knox_id ORDER BY t.id IS NULL, 4 DESC, 2`, model.NoCustomer).Scan(&a.parts).Error
}

// notePart adds the devices of an upload to those of its target.
func (a *act) notePart(row uploadRow, target account) {
	i := slices.IndexFunc(a.parts, func(p model.Part) bool { return p.AccountID == target.ID })
	if i < 0 {
		i = len(a.parts)
		a.parts = append(a.parts, model.Part{AccountID: target.ID, CompanyName: target.CompanyName, KnoxID: target.KnoxID})
	}
	a.parts[i].Devices += row.Devices
}

// mostParts is how many customers an entry of the log names: a line for each of thousands is no entry any more.
const mostParts = 100

// detail is what the log says of the act: what was done and, of an act on several customers or with portal files, each customer with its
// devices and its files.
func (a *act) detail() model.Text {
	if len(a.parts) == 0 || len(a.parts) == 1 && len(a.parts[0].Files) == 0 {
		return a.text
	}
	text := a.text
	if a.event == model.DevicesMoved { // to one customer, from these
		text = model.Say("{{.Text}} The moved ones were at:", "Text", text)
	}
	parts, nowhere := a.parts, model.Part{}
	if last := len(parts) - 1; parts[last].AccountID == model.NoCustomer {
		parts, nowhere = parts[:last], parts[last]
	}
	each := make([]string, 0, len(parts))
	for _, p := range parts[:min(len(parts), mostParts)] {
		part := fmt.Sprintf("%s: %d", cmp.Or(p.CompanyName, p.KnoxID), p.Devices)
		if len(p.Files) > 0 {
			part += " (" + strings.Join(p.Files, ", ") + ")"
		}
		each = append(each, part)
	}
	if len(parts) > mostParts {
		each = append(each, "…")
	}
	if nowhere.Devices > 0 {
		return model.Say("{{.Text}} {{.Each}}, at no customer: {{.Devices}}.", "Text", text, "Each", strings.Join(each, ", "),
			"Devices", nowhere.Devices)
	}
	return model.Say("{{.Text}} {{.Each}}.", "Text", text, "Each", strings.Join(each, ", "))
}
