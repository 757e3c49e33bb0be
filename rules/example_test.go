package rules_test

import (
	"fmt"
	"log"

	"github.com/authlens/authlens/rules"
)

// Rules of one's own take their place beside the embedded ones.
func ExampleSet_Extend() {
	base, err := rules.Default()
	if err != nil {
		log.Fatal(err)
	}
	own, err := rules.Parse("billing.yaml", []byte(`
- name: billing.key_refused
  cause: api_key_rejected
  signatures:
    - literal: billing key refused
      unless: [dry run]
  examples:
    match: ["ERROR billing key refused for tenant 7"]
    ignore: ["billing key refused (dry run)"]
`))
	if err != nil {
		log.Fatal(err)
	}
	both, err := base.Extend(own)
	if err != nil {
		log.Fatal(err)
	}
	last := both.Rules[len(both.Rules)-1]
	fmt.Println(len(both.Rules)-len(base.Rules), last.Name, last.Severity, both.Cause(last.Cause).Kind)
	// Output: 1 billing.key_refused elevated external
}

// An error shows the place and the text around it.
func ExampleParse() {
	_, err := rules.Parse("billing.yaml", []byte(`- name: billing.key_refused
  cause: other
  severty: high
`))
	fmt.Println(err)
	// Output:
	// billing.yaml:3:3: expected one of the keys name, cause, priority, severity, title, option, signatures, unless, unless_level, threshold, escalate, facts, explain, fix, see, examples; found `severty`
	//    1 | - name: billing.key_refused
	//    2 |   cause: other
	// >  3 |   severty: high
	//          ^
}
