#include "cli/options.hpp"
#include "cli/output.hpp"

namespace fleetmeter::cli {

WindowText window_of(const Options& o, const Question& question) {
  if (!o.window.counts_from_as_of()) {
    return o.window;
  }
  expect_one_window(o.window);  // before a store is opened
  const auto as_of_ms = question.as_of_ms ? question.as_of_ms
                        : o.dbs.empty()   ? Store::open(o.db).as_of(question)
                                          : Stores::open(o.dbs).as_of(question);
  WindowText window = counted_from(as_of_ms, o.window, question.tz);
  if (!o.quiet) {  // an archive of long ago has its own last month
    say("the window is " + (window.day ? *window.day : *window.month) + " in " + question.tz +
        ", counted from the as-of");
  }
  return window;
}

Question question_of(const Options& o, const std::string& zone) {
  Question question;
  question.tz = o.tz.value_or(zone);
  if (o.by) {
    question.by = parse_group_by(*o.by);
  }
  question.app_ids = o.app_ids;
  question.deployment_ids = o.deployment_ids;
  question.regions = o.regions;
  question.process_ids = o.process_ids;
  if (o.as_of) {
    question.as_of_ms = parse_instant("--as-of", *o.as_of, question.tz);
  }
  question.grace_ms = parse_duration("--grace", o.grace);
  question.max_lifespan_ms = parse_duration("--max-lifespan", o.max_lifespan);
  question.absence = parse_absence("--absence", o.absence);
  question.known_seq = o.known_seq;
  if (o.known_at) {
    question.known_at_ms = parse_instant("--known-at", *o.known_at, question.tz);
  }
  question.scan = o.scan;
  set_window(question, window_of(o, question));
  return question;
}

}  // namespace fleetmeter::cli
