#include "nightly/report.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "ask/evidence.hpp"
#include "base/sha256.hpp"
#include "base/time_text.hpp"
#include "decode/json_tree.hpp"
#include "fleetmeter/error.hpp"
#include "fleetmeter/spelling.hpp"
#include "fleetmeter/text.hpp"
#include "nightly/catch_up.hpp"
#include "nightly/period.hpp"
#include "nightly/report_facts.hpp"
#include "nightly/report_folder.hpp"
#include "nightly/report_index.hpp"
#include "nightly/report_reading.hpp"
#include "report/files.hpp"
#include "report/page.hpp"
#include "report/people.hpp"
#include "report/restated.hpp"
#include "store/pruned.hpp"

namespace fleetmeter::nightly {

namespace {

using report::Period;
using Status = ReportOutcome::Status;

constexpr std::array kAnswers{"billing.csv", "egress.csv", "processes.csv", "cost.csv"};

std::vector<Period> periods_of(const ReportRequest& request, const Question& question,
                               store::Reader& reader) {
  const int asked = (request.day ? 1 : 0) + (request.month ? 1 : 0) + (request.catch_up ? 1 : 0);
  if (asked != 1) {
    throw Error(ErrorKind::usage, "report: give one window (" + spelled(Term::day) + ", " +
                                      spelled(Term::month) + ", " + spelled(Term::last_month) +
                                      " or the like), or " + spelled(Term::catch_up));
  }
  if (!request.catch_up) {
    const Period period = period_called(request.day ? *request.day : *request.month,
                                        request.month.has_value(), question.tz);
    ask::expect_begun("report", period.from_ms, question, reader.span());
    return {period};
  }
  CatchUp found = catch_up(question, request.current, reader);
  if (request.tell && !found.left_out.empty()) {
    request.tell(found.left_out);
  }
  return std::move(found.periods);
}

/// Throws Error(usage) unless invoices are of the month that a report is about.
void expect_of(const Period& period,
               const std::map<std::string, std::vector<std::string>>& invoices) {
  for (const auto& [month, invoice_ids] : invoices) {
    if (month != period.label) {
      throw Error(ErrorKind::usage, "report: invoice " + printable(invoice_ids.front()) +
                                        " is of " + month + ", and the report of " + period.label);
    }
  }
}

/// Whether a report that is there answers the same question. If not, another answer is none that
/// moved.
bool answers_the_same(const decode::JsonTree& there, const Question& question) {
  const auto says = [&](const char* name, const std::string& value) {
    return member(there, "report", name) == value;
  };
  return says("tz", question.tz) && says("grace_ms", std::to_string(question.grace_ms)) &&
         says("max_lifespan_ms", std::to_string(question.max_lifespan_ms)) &&
         says("absence", absence_name(question.absence));
}

/// Whether a report that is there was made of the same question in the same way.
bool was_asked_so(const decode::JsonTree& there, const Question& question,
                  const ReportRequest& request, const store::Reader& reader) {
  const auto says = [&](const char* name, const std::string& value) {
    return member(there, "report", name) == value;
  };
  return answers_the_same(there, question) &&
         says("known_seq", reader.known_seq() ? std::to_string(*reader.known_seq()) : "") &&
         says("csv_safe", request.csv_safe ? "1" : "0") && says("version", FLEETMETER_VERSION);
}

/// Whether a report that is there has the prices that are asked for.
bool was_priced_so(const decode::JsonTree& there, const Period& period,
                   const settle::ReportMoney* prices) {
  const auto says = [&](const char* name, const std::string& value) {
    return member(there, "money", name) == value;
  };
  return prices == nullptr ? says("digest", "")
                           : says("rates", prices->rates()) && says("policy", prices->policy()) &&
                                 says("digest", prices->digest(period));
}

/// The reports that the page of a period leads to, of those that there are.
report::Linked linked_from(const Period& period, const std::set<std::string>& labels) {
  const auto there = [&](const std::string& label) {
    return labels.contains(label) ? label : std::string();
  };
  report::Linked linked{there(period_before(period).label), there(period_after(period).label), {}};
  const std::string days = period.label + '-';
  for (auto at = labels.lower_bound(days); at != labels.end() && at->starts_with(days); ++at) {
    linked.days.push_back(*at);
  }
  return linked;
}

/// Whether the period of a report that is there was not over when it was made.
bool was_unfinished(const decode::JsonTree& there) {
  return number(member(there, "report", "as_of_ms")) < number(member(there, "report", "to_ms"));
}

/// Whether a report that is there knows the seal of its month, or that there is none.
bool was_sealed_so(const decode::JsonTree& there, const report::Sealed* sealed) {
  return member(there, "seal", "root") == (sealed == nullptr ? "" : sealed->root);
}

/// Whether a report that is there still says what is known.
bool still_stands(const decode::JsonTree& there, const report::Basis& basis) {
  const auto says = [&](const char* part, const char* name, Int128 value) {
    return member(there, part, name) == to_text(value);
  };
  const report::Totals& totals = basis.totals;
  return member(there, "report", "store_digest") == basis.store_digest &&
         says("report", "as_of_ms", basis.as_of_ms) &&
         says("totals", "billable_ms", totals.billable_ms.point) &&
         says("totals", "billable_ms_lo", totals.billable_ms.lo) &&
         says("totals", "billable_ms_hi", totals.billable_ms.hi) &&
         says("totals", "egress_bytes", totals.egress_bytes.point) &&
         says("totals", "egress_bytes_lo", totals.egress_bytes.lo) &&
         says("totals", "egress_bytes_hi", totals.egress_bytes.hi) &&
         says("totals", "processes", totals.processes) &&
         says("totals", "open_processes", totals.open_processes);
}

/// The digest of a file of a report that is there.
std::string digest_in(const ReportFolder& folder, const std::string& label,
                      const std::string& name) {
  return base::to_hex(base::as_bytes(base::sha256(folder.read(label, name))));
}

/// Whether every file of a report is what its manifest says.
bool is_whole(const ReportFolder& folder, const std::string& label) {
  decode::JsonTree manifest;
  try {
    manifest = decode::read_json(folder.read(label, "manifest.json"));
  } catch (const Error&) {
    return false;
  }
  const decode::JsonTree* const files = manifest.find("files");
  return files != nullptr && !files->items.empty() &&
         std::all_of(files->items.begin(), files->items.end(), [&](const decode::JsonTree& file) {
           const decode::JsonTree* const name = file.find("file");
           const decode::JsonTree* const digest = file.find("sha256");
           return name != nullptr && digest != nullptr &&
                  digest_in(folder, label, name->text) == digest->text;
         });
}

/// Whether a report that is there gives the same answers.
bool says_the_same(const ReportFolder& folder, const std::string& label,
                   const report::Files& files) {
  return std::all_of(kAnswers.begin(), kAnswers.end(), [&](const char* name) {
    // That prices were asked for, or no longer are, changes no answer.
    return !files.contains(name) || !folder.has(label, name) ||
           digest_in(folder, label, name) == files.at(name).sha256;
  });
}

/// The CSV files of a report that is there which hold its answers.
report::Texts answers_of(const ReportFolder& folder, const std::string& label) {
  report::Texts files;
  for (const char* name : kAnswers) {
    if (folder.has(label, name)) {
      files.emplace(name, folder.read(label, name));
    }
  }
  return files;
}

/// The totals that a report which is there gave.
report::Totals totals_in(const decode::JsonTree& report) {
  report::Totals totals;
  const decode::JsonTree* const rows = report.find("totals");
  if (rows != nullptr && !rows->items.empty()) {
    totals.billable_ms = bounded_in(rows->items.front(), "billable_ms");
    totals.egress_bytes = bounded_in(rows->items.front(), "egress_bytes");
  }
  return totals;
}

/// The outcome of a report that is there and stays, in its own words.
ReportOutcome unchanged(const Period& period, const decode::JsonTree& report) {
  ReportOutcome outcome{period.label, Status::unchanged, 0, 0, 0};
  outcome.gaps = static_cast<std::size_t>(number(member(report, "report", "gaps")));
  outcome.unpolled_ms = static_cast<std::int64_t>(number(member(report, "report", "unpolled_ms")));
  outcome.rejects = static_cast<std::int64_t>(number(member(report, "report", "rejects")));
  if (const decode::JsonTree* const flags = report.find("flags")) {
    for (const decode::JsonTree& flag : flags->items) {
      const decode::JsonTree* const processes = flag.find("processes");
      outcome.anomalies +=
          processes == nullptr ? 0 : static_cast<std::size_t>(number(processes->text));
    }
  }
  return outcome;
}

ReportOutcome make_one(const Period& period, const Question& question, const ReportRequest& request,
                       const report::Linked& linked, ReportFolder& folder, store::Reader& reader,
                       settle::ReportMoney* prices, const report::Sealed* sealed) {
  ReportOutcome outcome{period.label, Status::unchanged, 0, 0, 0};
  const bool there = folder.has(period.label, "manifest.json") && is_whole(folder, period.label);
  const decode::JsonTree report = there ? read_report(folder, period.label) : decode::JsonTree();
  if (there && request.catch_up && folder.has(period.label, "report.xlsx") == request.workbook) {
    if (was_sealed_so(report, sealed) &&
        member(report, "report", "linked") == report::linked_text(linked) &&
        was_asked_so(report, question, request, reader) && was_priced_so(report, period, prices) &&
        still_stands(report, report_basis(period, question, reader))) {
      return unchanged(period, report);
    }
  }
  report::Facts facts = report_facts(period, question, reader, prices);
  if (sealed != nullptr) {
    facts.sealed = *sealed;
  }
  facts.moved = member(report, "report", "moved");
  facts.linked = linked;
  for (const report::FlagCount& flag : facts.flags) {
    outcome.anomalies += static_cast<std::size_t>(flag.processes);
  }
  outcome.gaps = static_cast<std::size_t>(facts.gap_count);
  outcome.unpolled_ms = facts.unpolled_ms;
  outcome.rejects = facts.rejects;
  auto files = report::files_of(facts, request);
  if (there &&
      digest_in(folder, period.label, "manifest.json") == files.at("manifest.json").sha256) {
    return outcome;
  }
  outcome.status = !there ? Status::made
                   : was_unfinished(report) || !answers_the_same(report, question) ||
                           says_the_same(folder, period.label, files)
                       ? Status::remade
                       : Status::restated;
  if (outcome.status == Status::restated) {
    facts.moved = report::moved(totals_in(report), facts.totals);
    if (facts.moved.empty()) {
      facts.moved = "the totals are as they were, rows beneath them are not (restated.md)";
    }
    files = report::files_of(facts, request);
    files.emplace("restated.md",
                  report::file_with(report::restated(period, facts.moved,
                                                     answers_of(folder, period.label), files)));
  }
  folder.put(period.label, files);
  return outcome;
}

/// A sentence about periods whose reports cannot be made, or made again.
std::string not_made(const std::vector<std::string>& pruned) {
  constexpr std::size_t kMostNamed = 12;
  std::string labels;
  for (std::size_t i = 0; i < std::min(pruned.size(), kMostNamed); ++i) {
    labels += (i == 0 ? "" : ", ") + pruned[i];
  }
  if (pruned.size() > kMostNamed) {
    labels += " and " + std::to_string(pruned.size() - kMostNamed) + " more";
  }
  return "no report can be made of " + labels +
         ", because observations that it would take were pruned; what was made before stays, and " +
         spelled(Term::restore_pruned) + " puts them back";
}

}  // namespace

std::vector<ReportOutcome> make_reports(const ReportRequest& request, const Question& question,
                                        store::Reader& reader, settle::ReportMoney* prices,
                                        const std::vector<report::Sealed>& seals) {
  if (!reader.span().latest_observed_ms) {
    throw Error(ErrorKind::usage, "report: nothing is known yet; ingest an archive first");
  }
  const std::vector<Period> periods = periods_of(request, question, reader);
  if (prices != nullptr && !request.catch_up) {
    expect_of(periods.front(), prices->invoices());
  }
  ReportFolder folder(request.folder);
  const std::vector<std::string> there = folder.labels();
  std::set<std::string> labels(there.begin(), there.end());
  for (const Period& period : periods) {
    labels.insert(period.label);
  }
  std::vector<ReportOutcome> outcomes;
  std::vector<std::string> pruned;
  for (const Period& period : periods) {
    const auto sealed = std::find_if(seals.begin(), seals.end(), [&](const report::Sealed& one) {
      return one.label == period.label && one.tz == period.tz;
    });
    try {
      outcomes.push_back(make_one(period, question, request, linked_from(period, labels), folder,
                                  reader, prices, sealed == seals.end() ? nullptr : &*sealed));
    } catch (const store::ObservationsPruned&) {
      if (!request.catch_up) {
        throw;
      }
      pruned.push_back(period.label);
      if (std::find(there.begin(), there.end(), period.label) == there.end()) {
        labels.erase(period.label);  // later pages do not lead to it
      }
    }
  }
  if (request.warn && !pruned.empty()) {
    request.warn(not_made(pruned));
  }
  put_index(folder);
  return outcomes;
}

}  // namespace fleetmeter::nightly
