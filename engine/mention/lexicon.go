package mention

import "strings"

// A class is what words have in common that say the same about evidence. A word
// may be of several: a bit each.
type class uint64

const (
	occurs       class = 1 << iota // base of a verb for how a failure comes about
	modal                          // before such a verb: what happens in general
	answered                       // behind "are": what happens in general
	occursAlways                   // such a verb in the present tense
	codeList                       // what the codes of a list are called
	titled                         // what has a title: an issue, an article, a monitor
	measure                        // what a setting says is to be done about a failure
	commitVerb                     // how the title of a change to a program begins
	treated                        // what is done about a failure whenever it comes
	arises                         // how a failure comes about
	linking                        // ties what follows it to what stands before
	verbOn                         // with "on": what is to be done about a failure
	sqlKind                        // a name of SQL follows
	tally                          // what a count is called
	thing                          // something that is made for failures: a handler, a test, a chart
	directive                      // how a directive of a server, or an entry of a catalogue of texts begins
	needsText                      // a directive that is one only with its text in quotes right after it
	failureNoun                    // a noun for failures: no AccessDenied errors
	unit                           // what a number before it counts, so that it is no status
	filler                         // may stand between a word that counts and the evidence
	negation                       // denies what follows it
	hypothesis                     // makes of what follows something that may happen, or is only talked about
	search                         // what follows is looked for
	change                         // how the title of a change, or advice, begins
	source                         // a programming language has it before the name of an error
	failing                        // something went wrong, of whatever kind
	settingUp                      // something was put in place
	staged                         // a failure was made on purpose
	talking                        // somebody speaks or writes
	comparison                     // compares what stands before it with the evidence
	attempt                        // one of several tries: attempt 2, a fallback
	method                         // a request of HTTP begins so
	sampled                        // a kind of metric
	authorized                     // what is authorized by others than a server: a payment
	verified                       // what is authenticated, and logs nobody in: a mail, a payer
)

// lexicon holds the class of every word that is known, in lower case.
var lexicon = index([]entry{
	{occurs, asIs, `return throw raise answer respond get receive see print log fail be produce cause yield reject give
		report`},
	{modal, asIs, `may might will would must shall can`},
	{answered, asIs, `answered rejected refused denied blocked met`},
	{occursAlways, asIs, `returns throws raises answers responds gets receives prints logs fails rejects gives yields reports
		fail get receive see`},
	{codeList, asIs, `rules codes ignores ignored alerts patterns statuses exceptions retryable mappers handlers`},
	{titled, asIs, `email issue ticket incident pr story article document video template monitor alarm alert rule panel
		dashboard chart report flag subject titled entitled page screen banner translation label version movie song
		book track episode game level condition displays shows renders detection object visualization playbook`},
	{measure, asIs, `retry retryable refresh fatal abort halt drop ignore skip discard terminate logout reconnect backoff
		resync rethrow escalate alert page permanent transient clock_skew never always true false stop
		reauthenticate relogin renew`},
	{commitVerb, asIs, `add adds handle handles retry ignore surface improve improves feat docs chore refactor test tests
		avoid prevent return returns map treat show log report detect support revert merge clarify make stop
		do allow rename remove update bump catch raise throw print silence skip use better perf ci
		build style wip`},
	{treated, asIs, `ignored cached retryable handled mapped retried expected suppressed normal gone fixed defined deprecated
		resolved translated renamed documented`},
	{arises, asIs, `returned thrown raised`},
	{linking, asIs, `for on of about to with like as from`},
	{verbOn, asIs, `retry retries alert alerts alarms notify notifies backoff watch watching watches stop stops
		subscribe subscribed`},
	{sqlKind, asIs, `column relation table function type constraint index trigger schema`},
	{tally, asIs, `count total n num value rate blocked seen found today recorded detected rejected`},
	{thing, plural, `handler handling mapper mapping filter listener interceptor middleware hook callback translator
		converter matcher detector strategy entrypoint controller fallback alarm rule metric count counter
		gauge histogram widget panel dashboard monitor threshold chart graph rate test testcase spec
		scenario mock stub fixture page template view screen route doc documentation runbook guide tutorial
		article faq help section example sample symbol regex failregex pattern query playbook`},
	{directive, asIs, `errordocument error_page errorfile authname auth_basic secrule secaction secdefaultaction
		rewriterule rewritecond add_header msgid msgstr respond throw echo synth`},
	{needsText, asIs, `respond throw echo synth`},
	{failureNoun, plural, `error failure exception response event fault denial attempt message occurrence incident entry entries
		hit line problem issue finding code status statuses s es reply replies result call request`},
	{unit, asIs, `bytes byte b kb mb kib mib ms s sec seconds us rows items records messages objects files keys lines
		points documents`},
	{filler, asIs, `a an the any new recent further more other such single additional previous possible potential
		spurious intermittent random occasional unexpected aws s3 http seen api user client code error
		errors exception status all known invalid expired wrong bad incorrect revoked rejected missing`},
	{negation, asIs, `no zero without never isn't wasn't not`},
	{hypothesis, asIs, `if when whenever unless else otherwise eg ignore ignores ignored retryable handle handles
		handled treat treats treating map maps mapping mapped translate translates convert converts suppress
		suppresses suppressed catch catches expect expects expected expecting simulate simulates simulated
		simulating mock mocks mocked mocking fake dummy assert asserts prevent prevents preventing allow allows
		allowing gain gains gaining avoid
		avoids avoiding avoided detect inject injects injecting see sees alias ignoring deny denies block
		blocks`},
	{search, asIs, `grep egrep fgrep zgrep matching matches search searching regex regexp`},
	{change, asIs, `fix fixes fixed fixing resolve resolves troubleshoot troubleshooting debugging document documents
		documented describe describes explain explains understanding reproduce diagnose diagnosing
		investigate investigates investigating`},
	{source, asIs, `import catch except rescue instanceof isinstance extends class enum const case typeof`},
	{failing, asIs, `cannot can't couldn't could unable refused rejected fails fail got received caught because but
		caused reason fatal warn warning panic err aborted aborting giving`},
	{settingUp, asIs, `loaded registered provisioned installed mapped added created configured enabled defined scheduled
		imported declared attached updated initialized`},
	{staged, asIs, `stub stubs stubbed stubbing mock mocked mocking wiremock canned fake simulated simulating injection`},
	{talking, asIs, `asked asks typed wrote commented reminder titled detects means`},
	{comparison, asIs, `contains includes equals is has`},
	{attempt, asIs, `attempt retry try fallback`},
	{method, asIs, `get head post put patch delete options`},
	{sampled, asIs, `count counter distribution gauge histogram meter timer`},
	{authorized, asIs, `payment card cardholder merchant transaction mandate prior notification plate badge trademark`},
	{verified, asIs, `payment payer cardholder customer 3ds dmarc spf dkim`},
})

// An entry gives the words of one class, separated by white space.
type entry struct {
	class   class
	numbers numbers
	words   string
}

// numbers says in which numbers the words of an entry are known.
type numbers bool

const (
	asIs   numbers = false
	plural numbers = true // and with an s
)

func index(entries []entry) map[string]class {
	lexicon := map[string]class{}
	for _, e := range entries {
		for _, w := range strings.Fields(e.words) {
			lexicon[w] |= e.class
			if e.numbers == plural && string(singular([]byte(w+"s"))) == w {
				lexicon[w+"s"] |= e.class
			}
		}
	}
	return lexicon
}

// singular takes the s of the plural off.
func singular(w []byte) []byte {
	if n := len(w); n > 4 && w[n-1] == 's' && w[n-2] != 's' && w[n-2] != 'u' {
		return w[:n-1]
	}
	return w
}
