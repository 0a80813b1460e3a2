package page

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"consign/model"
	"consign/ui/control"
)

// Services chooses Knox services.
type Services struct {
	widget.BaseWidget
	checks []*control.Check // one for each of model.Services
}

// NewServices is a choice of Knox services in which those of chosen are ticked.
func NewServices(chosen []model.Service) *Services {
	s := &Services{}
	for _, service := range model.Services {
		c := control.NewCheck(Word(service), nil)
		for _, is := range chosen {
			c.Checked = c.Checked || is == service
		}
		s.checks = append(s.checks, c)
	}
	s.ExtendBaseWidget(s)
	return s
}

// Keep ticks the services that the customer uses already, which are not to be chosen any more, and gives the others free.
func (s *Services) Keep(used []model.Service) {
	for i, c := range s.checks {
		switch service := model.Services[i]; {
		case slices.Contains(used, service):
			c.Disable()
			c.SetChecked(true)
			c.SetText(lang.L("{{.Service}} (used already)", map[string]any{"Service": Word(service)}))
		case c.Disabled():
			c.Enable()
			c.SetText(Word(service))
		}
	}
}

// Chosen is the ticked services in their order on screen.
func (s *Services) Chosen() []model.Service {
	var chosen []model.Service
	for i, c := range s.checks {
		if c.Checked {
			chosen = append(chosen, model.Services[i])
		}
	}
	return chosen
}

// First is the first service, where the keyboard begins.
func (s *Services) First() fyne.Focusable { return s.checks[0] }

// CreateRenderer implements fyne.Widget.
func (s *Services) CreateRenderer() fyne.WidgetRenderer {
	box := container.NewVBox()
	for _, c := range s.checks {
		box.Add(c)
	}
	return widget.NewSimpleRenderer(box)
}
