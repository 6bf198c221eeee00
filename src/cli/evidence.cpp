#include <algorithm>

#include "cli/arranged.hpp"
#include "cli/asked_store.hpp"
#include "cli/known_names.hpp"
#include "cli/options.hpp"
#include "cli/output.hpp"
#include "cli/store_paths.hpp"

namespace fleetmeter::cli {

namespace {

using Part = EvidencePiece::Section;
using Pieces = std::vector<const EvidencePiece*>;

/// What a column of a section is called for people. Columns of values are called by their unit.
std::string title_of(const std::string& column, Part part) {
  if (column.rfind("value", 0) != 0) {
    return column;
  }
  const std::string bound = column.substr(5);
  return (part == Part::billable ? "billable_ms" : "egress_bytes") + bound;
}

/// Whether a column is shown in a section. The section's name stands above it, so it needs no
/// column. The document behind a snapshot's number stands once, under `snapshot`.
bool is_shown(const std::string& column, Part part) {
  static const std::vector<std::string> kDocument{"source", "byte_offset", "byte_length", "sha256"};
  const bool is_of_document =
      std::find(kDocument.begin(), kDocument.end(), column) != kDocument.end();
  return column != "section" && (part == Part::snapshot || !is_of_document);
}

/// The pieces of one section, without the columns that are empty in all of them.
Table table_of(Part part, const Pieces& pieces) {
  Table table;
  table.rows.resize(pieces.size());
  for (const Column<EvidencePiece>& column : EvidencePiece::columns()) {
    const bool is_used = std::any_of(pieces.begin(), pieces.end(), [&](const EvidencePiece* one) {
      return !std::holds_alternative<std::nullptr_t>(column.of(*one));
    });
    if (is_used && is_shown(column.name, part)) {
      table.names.push_back(title_of(column.name, part));
      for (std::size_t i = 0; i < pieces.size(); ++i) {
        table.rows[i].push_back(column.of(*pieces[i]));
      }
    }
  }
  return table;
}

/// A table for each section, in the order in which they begin.
std::vector<Section> sections_of(const std::vector<EvidencePiece>& pieces) {
  std::vector<std::pair<Part, Pieces>> parts;
  for (const EvidencePiece& piece : pieces) {
    auto at = std::find_if(parts.begin(), parts.end(),
                           [&](const auto& one) { return one.first == piece.section; });
    if (at == parts.end()) {
      at = parts.insert(at, {piece.section, {}});
    }
    at->second.push_back(&piece);
  }
  std::vector<Section> sections;
  for (const auto& [part, of_part] : parts) {
    sections.push_back({section_name(part), table_of(part, of_part)});
  }
  return sections;
}

/// Writes what became of each document; the exit code.
int verify(const Options& options, const Store& store,
           const std::vector<std::string>& process_ids) {
  Question question = question_of(options);
  question.archive = options.moved;
  const auto documents = store.verify_documents(process_ids, options.archive, question);
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
  Question asked = question_of(options);
  asked.archive = options.moved;
  const AskedStore asked_store(options);
  const Store& store = *asked_store;
  const Question question = with_known_names(asked, store);
  tell_of_window(question, store);
  return options.of_billing ? explain_row(options, store, store.billing_shares(question))
                            : explain_row(options, store, store.egress_shares(question));
}

/// Tables are blocks.
template <class Row>
void write_upright(Options options, const std::vector<Row>& rows) {
  options.upright = true;
  write_answer(options, [&](RowSink& sink) { give(rows, sink); });
}

int status_of_several(const Options& options) {
  if (options.sizes) {
    refuse_several_stores("status --sizes", options.dbs);
  }
  write_upright(options, Stores::open(options.dbs).status(question_of(options)));
  return 0;
}

}  // namespace

int run_unite(const Options& options) {
  if (options.dbs.empty()) {
    throw Error(ErrorKind::usage, "unite: --db: name several stores, or a folder of them");
  }
  expect_store_name(options.united);
  expect_format(options);
  unite_stores(options, options.united);
  write_upright(options, std::vector{Store::open(options.united).status(Store::Gaps::counted)});
  return 0;
}

int run_status(const Options& options) {
  if (!options.dbs.empty()) {
    return status_of_several(options);
  }
  const Store store = Store::open(options.db);
  if (options.sizes) {
    const std::vector<TreeSize> sizes = store.sizes();
    write_answer(options, [&](RowSink& sink) { give(sizes, sink); });
    return 0;
  }
  const StoreStatus status = store.status(Store::Gaps::counted, question_of(options));
  write_upright(options, std::vector{status});
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
  Question question = question_of(options);
  question.archive = options.moved;
  const AskedStore asked_store(options);
  const Store& store = *asked_store;
  const std::string process_id = process_called("explain", options.process_id, store);
  if (!options.archive.empty()) {
    return verify(options, store, {process_id});
  }
  const auto pieces = store.explain(process_id, question);
  const Format format = format_of(options);
  const bool has_parts = format == Format::table || format == Format::xlsx;
  if (has_parts && !arrangement_of(options).changes_anything()) {
    write_sections(options, sections_of(pieces), "");
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
  const Question asked = question_of(options);
  const AskedStore asked_store(options);
  const Store& store = *asked_store;
  std::vector<Anomaly> anomalies = store.anomalies(with_known_names(asked, store));
  std::erase_if(anomalies, [&](const Anomaly& one) {
    return !wanted.empty() && std::find(wanted.begin(), wanted.end(), one.flag) == wanted.end();
  });
  write_answer(options, [&](RowSink& sink) { give(anomalies, sink); });
  return 0;
}

int run_migrate(const Options& options) {
  expect_format(options);
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
  if (options.advise && (options.each_gap || !options.gap.empty())) {
    throw Error(ErrorKind::usage, "--advise: does not go together with --gap or --gaps");
  }
  const std::int64_t gap_ms = options.gap.empty() ? 0 : parse_duration("--gap", options.gap);
  const Question asked = question_of(options);
  const AskedStore asked_store(options);
  const Store& store = *asked_store;
  const Question question = with_known_names(asked, store);
  if (options.advise) {
    const auto advice = store.advise(question);
    write_answer(options, [&](RowSink& sink) { give(advice, sink); });
    return 0;
  }
  const Coverage coverage = store.coverage(question, gap_ms);
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
