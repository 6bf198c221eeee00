#include "cli/known_names.hpp"
#include "cli/options.hpp"
#include "cli/output.hpp"
#include "cli/spark.hpp"

namespace fleetmeter::cli {

namespace {

/// Leaves out bounds and counts: a table of differences has no room for them.
class OnlyPoints : public RowSink {
 public:
  explicit OnlyPoints(RowSink& to) : to_(to) {}

  void columns(const std::vector<std::string>& names) override {
    std::vector<std::string> kept;
    for (const std::string& name : names) {
      is_kept_.push_back(!name.ends_with("_lo") && !name.ends_with("_hi") &&
                         !name.ends_with("_open_processes") &&
                         !name.ends_with("_unmetered_processes"));
      if (is_kept_.back()) {
        kept.push_back(name);
      }
    }
    to_.columns(kept);
  }
  void row(const std::vector<Cell>& cells) override {
    std::vector<Cell> kept;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (is_kept_[i]) {
        kept.push_back(cells[i]);
      }
    }
    to_.row(kept);
  }
  void end() override { to_.end(); }

 private:
  RowSink& to_;
  std::vector<bool> is_kept_;
};

/// Writes the rows of an answer, with their courses when they are asked for.
template <class Asked, class Row>
void write_rows(const Options& options, const Asked& store, const Question& question,
                const std::vector<Row>& rows) {
  const std::vector<std::string> courses =
      options.spark ? sparklines(store, question, rows) : std::vector<std::string>();
  write_answer(options, [&](RowSink& sink) {
    if (options.spark) {
      WithColumn with_course(sink, "course", courses);
      give(question, rows, with_course);
    } else {
      give(question, rows, sink);
    }
  });
}

/// Asks one store, or several as one, and writes the rows.
template <class Asked, class Ask>
int answer(const Options& options, const Asked& store, const Question& asked, const Ask& ask) {
  const Question question = with_known_names(asked, store);
  tell_of_window(question, store);
  write_rows(options, store, question, ask(store, question));
  return 0;
}

template <class Ask>
int answer(const Options& options, const Ask& ask) {
  const Question asked = question_of(options);
  return options.dbs.empty() ? answer(options, Store::open(options.db), asked, ask)
                             : answer(options, Stores::open(options.dbs), asked, ask);
}

/// A state of knowledge: the number of its newest snapshot, or the time at which it was that.
Known parse_known(const std::string& option, const std::string& text, const std::string& tz) {
  Known known;
  if (!text.empty() && text.find_first_not_of("0123456789") == std::string::npos &&
      text.size() < 18) {
    known.seq = std::stoll(text);
  } else {
    known.at_ms = parse_instant(option, text, tz);
  }
  return known;
}

/// A question of which the window counts from the as-of of a state of knowledge.
Question question_as_known(const Options& options, const Known& known) {
  Options asked = options;
  asked.known_seq = known.seq;
  asked.known_at = known.at_ms ? options.to_known : std::nullopt;
  return question_of(asked);
}

/// A part of a difference, and how deep one has to look for it.
struct DiffPart {
  void (*give)(const Difference&, RowSink&);
  DiffDepth depth;
};

DiffPart part_called(const std::string& section) {
  if (section.empty() || section == "rows") {
    return {give_rows, DiffDepth::groups};
  }
  if (section == "processes") {
    return {give_processes, DiffDepth::processes};
  }
  if (section == "causes") {
    return {give_causes, DiffDepth::processes};
  }
  throw Error(ErrorKind::usage,
              "--section: unknown (" + printable(section) + "); it is rows, processes or causes");
}

}  // namespace

int run_diff(const Options& options) {
  const DiffPart part = part_called(options.section);
  const std::string tz = options.tz.value_or("UTC");
  const Known from = parse_known("--from-known", *options.from_known, tz);
  const Known to = options.to_known ? parse_known("--to-known", *options.to_known, tz) : Known{};
  const Question question = question_as_known(options, to);
  const Store store = Store::open(options.db);
  const Difference difference = store.diff(with_known_names(question, store), from, to, part.depth);
  const bool for_people = format_of(options) == Format::table && !options.exact;
  write_answer(options, [&](RowSink& sink) {
    if (for_people) {
      OnlyPoints points(sink);
      part.give(difference, points);
    } else {
      part.give(difference, sink);
    }
  });
  return 0;
}

int run_billing(const Options& options) {
  return answer(
      options, [](const auto& store, const Question& question) { return store.billing(question); });
}

int run_egress(const Options& options) {
  return answer(options,
                [](const auto& store, const Question& question) { return store.egress(question); });
}

}  // namespace fleetmeter::cli
