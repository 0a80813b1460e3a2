package page

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
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
