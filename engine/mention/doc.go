// Package mention tells the report of a failure from the mere mention of one.
//
// "AccessDenied" stands in a log for many reasons besides a refusal: in the list
// of what to try again, as the name of an alarm or a metric, in a path, an
// import, a test report, a sentence that says there was none. Which of them it is
// shows in the few words and signs around it, whatever rule asks, so the grammar
// of mentions is held here once for all rules.
//
// Only what stands next to the evidence decides, never a word somewhere in the
// record: a record may mention one failure and report another. In doubt it is a
// report. Nothing allocates.
package mention
