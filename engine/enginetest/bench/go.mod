module github.com/authlens/authlens/engine/enginetest/bench

go 1.26.0

replace github.com/authlens/authlens => ../../..

require (
	github.com/authlens/authlens v0.0.0
	github.com/fluent/fluent-bit-go v0.0.0-20230731091245-a7a013e2473c
)

require (
	github.com/axiomhq/hyperloglog v0.3.0 // indirect
	github.com/dgryski/go-metro v0.0.0-20250106013310-edb8663e5e33 // indirect
	github.com/goccy/go-yaml v1.19.2 // indirect
	github.com/kamstrup/intmap v0.5.2 // indirect
	github.com/ugorji/go/codec v1.1.7 // indirect
	golang.org/x/sys v0.49.0 // indirect
)
