#include "cli/options.hpp"

namespace fleetmeter::cli {

Question question_of(const Options& o, const std::string& zone) {
  Question question;
  question.tz = o.tz.value_or(zone);
  if (o.by) {
    question.by = parse_group_by(*o.by);
  }
  set_window(question, o.window);
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
  return question;
}

}  // namespace fleetmeter::cli
