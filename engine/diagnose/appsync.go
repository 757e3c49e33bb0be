package diagnose

import "github.com/authlens/authlens/engine/lazy"

// graphqlFieldForm is AppSync's sentence. The type that it goes on with may be the
// one that holds the field or the one that the field gives.
var graphqlFieldForm = lazy.Compile(`(?i)not authorized to access (\w{1,128}) on type \w`)
