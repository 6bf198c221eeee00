#include "cli/spelling.hpp"

namespace fleetmeter::cli {

const char* as_option(Term term) {
  switch (term) {
    case Term::archive:
      return "`fleetmeter explain --archive`";
    case Term::by:
      return "--by";
    case Term::catch_up:
      return "--catch-up";
    case Term::currency:
      return "--currency";
    case Term::day:
      return "--day";
    case Term::format:
      return "--format";
    case Term::from:
      return "--from";
    case Term::from_and_to:
      return "--from, --to";
    case Term::grain:
      return "--grain";
    case Term::include:
      return "--include GLOB";
    case Term::ingest:
      return "`fleetmeter ingest`";
    case Term::invoice_id:
      return "--id";
    case Term::known_seq:
      return "--known-seq";
    case Term::list:
      return "--list";
    case Term::list_invoices:
      return "`fleetmeter invoice`";
    case Term::list_queries:
      return "`fleetmeter query`";
    case Term::migrate:
      return "`fleetmeter migrate`";
    case Term::month:
      return "--month";
    case Term::name_pattern:
      return "--name-pattern";
    case Term::name_tz:
      return "--name-tz";
    case Term::observed_at:
      return "--observed-at";
    case Term::parameter:
      return "--param";
    case Term::policy:
      return "--policy";
    case Term::rates:
      return "--rates";
    case Term::restore_pruned:
      return "`fleetmeter prune --restore`";
    case Term::store_path:
      return "--db";
    case Term::time_zone:
      return "--tz";
    case Term::timeout:
      return "--timeout";
    case Term::to:
      return "--to";
    case Term::workbook:
      return "--xlsx";
  }
  return "";
}

}  // namespace fleetmeter::cli
