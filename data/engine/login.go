package engine

import "consign/model"

// Login is who has opened a register on a server, and what the server lets them do. The zero value is that of a register in a file.
type Login struct {
	Person string // the name that every act carries; "" leaves it to the desk
	Role   model.Role
}
