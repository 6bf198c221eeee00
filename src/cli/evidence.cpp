#include <algorithm>
#include <sstream>

#include "cli/options.hpp"
#include "cli/output.hpp"

namespace fleetmeter::cli {

namespace {

/// One row as a table of two columns: a line per column of the row.
template <class Row>
Table upright(const Row& row) {
  Table tall;
  tall.names = {"what", "value"};
  for (const Column<Row>& column : Row::columns()) {
    Table one;
    one.names = {column.name};
    one.rows = {{column.of(row)}};
    std::ostringstream text;
    one.give_to(*make_writer(Format::table, text));
    std::string shown = text.str().substr(text.str().find('\n') + 1);
    shown.erase(0, std::min(shown.find_first_not_of(' '), shown.size()));
    shown.resize(shown.find_last_not_of('\n') + 1);
    tall.rows.push_back({std::string(column.name), shown});
  }
  return tall;
}

using Section = EvidencePiece::Section;
using Pieces = std::vector<const EvidencePiece*>;

/// What a column of a section is called for people. Columns of values are called by their unit.
std::string title_of(const std::string& column, Section section) {
  if (column.rfind("value", 0) != 0) {
    return column;
  }
  const std::string bound = column.substr(5);
  return section == Section::billable ? "billable" + bound + "_ms" : "egress" + bound + "_bytes";
}

/// Whether a column is shown in a section. The section's name stands above it, so it needs no
/// column. The document behind a snapshot's number stands once, under `snapshot`.
bool is_shown(const std::string& column, Section section) {
  static const std::vector<std::string> kDocument{"source", "byte_offset", "byte_length", "sha256"};
  const bool is_of_document =
      std::find(kDocument.begin(), kDocument.end(), column) != kDocument.end();
  return column != "section" && (section == Section::snapshot || !is_of_document);
}

/// The pieces of one section, without the columns that are empty in all of them.
Table table_of(Section section, const Pieces& pieces) {
  Table part;
  part.rows.resize(pieces.size());
  for (const Column<EvidencePiece>& column : EvidencePiece::columns()) {
    const bool is_used = std::any_of(pieces.begin(), pieces.end(), [&](const EvidencePiece* one) {
      return !std::holds_alternative<std::nullptr_t>(column.of(*one));
    });
    if (is_used && is_shown(column.name, section)) {
      part.names.push_back(title_of(column.name, section));
      for (std::size_t i = 0; i < pieces.size(); ++i) {
        part.rows[i].push_back(column.of(*pieces[i]));
      }
    }
  }
  return part;
}

/// A table for each section, in the order in which they begin.
std::string explained(const std::vector<EvidencePiece>& pieces, const Options& options) {
  std::vector<std::pair<Section, Pieces>> sections;
  for (const EvidencePiece& piece : pieces) {
    auto at = std::find_if(sections.begin(), sections.end(),
                           [&](const auto& one) { return one.first == piece.section; });
    if (at == sections.end()) {
      at = sections.insert(at, {piece.section, {}});
    }
    at->second.push_back(&piece);
  }
  std::ostringstream out;
  for (const auto& [section, of_section] : sections) {
    out << (section == sections.front().first ? "" : "\n") << section_name(section) << '\n';
    table_of(section, of_section)
        .give_to(*make_writer(Format::table, out, {options.exact, false, false}));
  }
  return out.str();
}

/// Writes what became of each document; the exit code.
int verify(const Options& options, const Store& store,
           const std::vector<std::string>& process_ids) {
  const auto documents = store.verify_documents(process_ids, options.archive, question_of(options));
  write_answer(options, [&](RowSink& sink) { give(documents, sink); });
  const bool all_hold = std::all_of(documents.begin(), documents.end(), [](const auto& one) {
    return one.result == VerifiedDocument::Result::holds;
  });
  return all_hold ? 0 : 1;
}

template <class Share>
int explain_row(const Options& options, const Store& store, const std::vector<Share>& shares) {
  if (!options.archive.empty()) {
    std::vector<std::string> process_ids;
    for (const Share& share : shares) {
      process_ids.push_back(share.process_id);
    }
    return verify(options, store, process_ids);
  }
  write_answer(options, [&](RowSink& sink) { give(shares, sink); });
  return 0;
}

int explain_row(const Options& options) {
  if (options.of_billing && options.of_egress) {
    throw Error(ErrorKind::usage, "explain: a row is of billing or of egress, not of both");
  }
  if (!options.process_id.empty()) {
    throw Error(ErrorKind::usage,
                "explain: either one process, or a row; --process chooses the row of one");
  }
  const Question question = question_of(options);
  const Store store = Store::open(options.db);
  return options.of_billing ? explain_row(options, store, store.billing_shares(question))
                            : explain_row(options, store, store.egress_shares(question));
}

}  // namespace

int run_status(const Options& options) {
  const Store store = Store::open(options.db);
  if (options.sizes) {
    const std::vector<TreeSize> sizes = store.sizes();
    write_answer(options, [&](RowSink& sink) { give(sizes, sink); });
    return 0;
  }
  const StoreStatus status = store.status(Store::Gaps::counted, question_of(options));
  const bool for_people = format_of(options) == Format::table && !options.exact;
  write_answer(options, [&](RowSink& sink) {
    if (for_people) {
      upright(status).give_to(sink);
    } else {
      give(std::vector{status}, sink);
    }
  });
  return 0;
}

int run_explain(const Options& options) {
  if (options.of_billing || options.of_egress) {
    return explain_row(options);
  }
  if (options.process_id.empty()) {
    throw Error(ErrorKind::usage,
                "explain: of what? Give a process, or --billing or --egress for a row of these");
  }
  if (!options.archive.empty()) {
    return verify(options, Store::open(options.db), {options.process_id});
  }
  const auto pieces = Store::open(options.db).explain(options.process_id, question_of(options));
  if (format_of(options) == Format::table) {
    write_text(options, explained(pieces, options));
  } else {
    write_answer(options, [&](RowSink& sink) { give(pieces, sink); });
  }
  return 0;
}

int run_anomalies(const Options& options) {
  std::vector<Flag> wanted;
  for (const std::string& flag : options.flags) {
    wanted.push_back(parse_flag("--flag", flag));
  }
  std::vector<Anomaly> anomalies = Store::open(options.db).anomalies(question_of(options));
  std::erase_if(anomalies, [&](const Anomaly& one) {
    return !wanted.empty() && std::find(wanted.begin(), wanted.end(), one.flag) == wanted.end();
  });
  write_answer(options, [&](RowSink& sink) { give(anomalies, sink); });
  return 0;
}

int run_migrate(const Options& options) {
  const Migration done = Store::migrate(options.db);
  write_answer(options, [&](RowSink& sink) {
    sink.columns({"store", "schema_version_before", "schema_version"});
    sink.row({options.db, done.from, done.to});
    sink.end();
  });
  return 0;
}

int run_check(const Options& options) {
  const std::vector<Finding> findings = Store::open(options.db).check();
  write_answer(options, [&](RowSink& sink) { give(findings, sink); });
  return is_sound(findings) ? 0 : 1;
}

int run_coverage(const Options& options) {
  if (options.advise) {
    if (options.each_gap || !options.gap.empty()) {
      throw Error(ErrorKind::usage, "--advise: does not go together with --gap or --gaps");
    }
    const auto advice = Store::open(options.db).advise(question_of(options));
    write_answer(options, [&](RowSink& sink) { give(advice, sink); });
    return 0;
  }
  const std::int64_t gap_ms = options.gap.empty() ? 0 : parse_duration("--gap", options.gap);
  const Coverage coverage = Store::open(options.db).coverage(question_of(options), gap_ms);
  write_answer(options, [&](RowSink& sink) {
    if (options.each_gap) {
      give(coverage.missing(), sink);
    } else {
      give(coverage.places, sink);
    }
  });
  return 0;
}

}  // namespace fleetmeter::cli
