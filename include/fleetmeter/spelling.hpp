#pragma once

#include <string>

#include "fleetmeter/public.hpp"

namespace FLEETMETER_PUBLIC fleetmeter {

/// What a message may ask its reader to give or to do. Who uses the library decides how it is
/// called: a program calls a field of a struct, its user an option, a button or a command.
enum class Term {
  archive,         ///< Question::archive
  by,              ///< Question::by
  catch_up,        ///< ReportRequest::catch_up
  currency,        ///< MoneyGiven::currency
  day,             ///< WindowText::day
  format,          ///< Format
  from,            ///< WindowText::from
  from_and_to,     ///< both ends of a window, as what is wrong
  grain,           ///< ContractGiven::grain_ms
  include,         ///< IngestOptions::include
  ingest,          ///< Store::ingest
  invoice_id,      ///< MoneyGiven::invoice_id
  known_at,        ///< Question::known_at_ms
  known_seq,       ///< Question::known_seq
  last_month,      ///< WindowText::last_month
  list,            ///< IngestOptions::list
  list_invoices,   ///< Store::money(MoneyKind::invoice)
  list_queries,    ///< named_queries()
  migrate,         ///< Store::migrate
  month,           ///< of a window, or of an invoice
  name_pattern,    ///< IngestOptions::name_pattern
  name_tz,         ///< IngestOptions::name_tz
  observed_at,     ///< IngestOptions::observed_at
  parameter,       ///< of a named query
  policy,          ///< Pricing::policy
  rates,           ///< Pricing::rates
  restore_pruned,  ///< Store::restore_pruned
  store_path,      ///< the path given to Store::open
  this_month,      ///< WindowText::this_month
  time_zone,       ///< Question::tz
  timeout,         ///< SqlLimits::timeout_ms
  to,              ///< WindowText::to
  yesterday,       ///< WindowText::yesterday
};

/// How a client calls a term. The text must live as long as the process.
using Spelling = const char* (*)(Term term);

/// Sets the spelling of all messages from now on, for the whole process; to be called before the
/// first store is opened. Until then a term is called as its field or function is.
void spell_terms(Spelling spelling);

/// A term as the client calls it.
[[nodiscard]] std::string spelled(Term term);

}  // namespace fleetmeter
