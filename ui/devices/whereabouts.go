package devices

import (
	"context"
	"strings"

	"fyne.io/fyne/v2/lang"

	"consign/data"
	"consign/model"
	"consign/ui/page"
)

// mostNamed is how many customers a dialog names; the others are counted together.
const mostNamed = 4

// whereabouts looks where the selected devices are, and says it.
func whereabouts(d page.Desk, s model.DeviceSelection, then func(counts []data.NamedCount, says string)) {
	var counts []data.NamedCount
	d.RunAsync(lang.L("Looking where the devices are"), func(ctx context.Context, _ func(int, int)) (err error) {
		counts, err = d.Register().Devices().Whereabouts(ctx, s)
		return err
	}, func() { then(counts, said(counts)) })
}

// said names the customers with their devices: "Now: 300 at Contoso, 12 at no customer."
func said(counts []data.NamedCount) string {
	if len(counts) == 0 {
		return ""
	}
	var parts []string
	rest := 0
	for i, c := range counts {
		words := map[string]any{"Count": page.Number(c.Count), "Customer": c.Name}
		switch {
		case i >= mostNamed:
			rest += c.Count
		case c.ID == model.NoCustomer:
			parts = append(parts, lang.L("{{.Count}} at no customer", words))
		default:
			parts = append(parts, lang.L("{{.Count}} at {{.Customer}}", words))
		}
	}
	if rest > 0 {
		parts = append(parts, lang.L("{{.Count}} at {{.Customers}} others", map[string]any{"Count": page.Number(rest),
			"Customers": page.Number(len(counts) - mostNamed)}))
	}
	return lang.L("Now: {{.Places}}.", map[string]any{"Places": strings.Join(parts, ", ")})
}

// countAt is how many of the devices are at a customer.
func countAt(counts []data.NamedCount, customer int64) int {
	for _, c := range counts {
		if c.ID == customer {
			return c.Count
		}
	}
	return 0
}

// stay says how many of the devices are at the customer already and stay as they are, "" if none is.
func stay(n int, customer string) string {
	if n == 0 {
		return ""
	}
	return " " + lang.N("{{.Count}} are at {{.Customer}} already and stay as they are.", n, map[string]any{"Count": page.Number(n),
		"Customer": customer})
}
