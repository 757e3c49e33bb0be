// Package mention tells the report of a failure from the mere mention of one.
//
// "AccessDenied" stands in a log for many reasons besides a refusal: in the list
// of what to try again, as the name of an alarm or a metric, in a path, an
// import, a test report, a sentence that says there was none. Which of them it is
// shows in the few words and signs around it, whatever rule asks, so the grammar
// of mentions is held here once for all rules.
//
// What decides is near: the words and signs next to the evidence, up to twelve
// words before it in the same sentence, how the message that it stands in begins,
// and the lines above and below where they make a list, a help text, a trace, a
// diff or a scenario. Of a long line only what is within 256 bytes is seen. A word
// elsewhere in the record decides nothing: a record may mention one failure and
// report another. In doubt it is a report. Nothing allocates.
//
// Of asks one question after the other. A question is a method of place, which is the
// evidence in its line, and stands in the file of its idea: name, path, count, list, code,
// tested, renewed and so on; followed for the words behind the evidence, preceded for those
// before it, opening for how the message begins, sentence for the rest. What words have in
// common is in the lexicon.
package mention
