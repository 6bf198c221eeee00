#pragma once

#include <map>
#include <string>
#include <vector>

#include "fleetmeter/evidence.hpp"
#include "fleetmeter/reconciliation.hpp"
#include "fleetmeter/table.hpp"

namespace fleetmeter::report {

/// A document that the comparison rests on, as it was imported.
struct LetterDocument {
  std::string kind;    ///< invoice, rates, policy or deployments
  std::string name;    ///< of the card, policy or invoice; "" for deployments
  std::string source;  ///< the file that it came from
  std::string sha256;  ///< hexadecimal
  std::string raw;
};

/// An invoice beside what was metered, with everything that it takes to check it.
struct Letter {
  std::string invoice_id;
  std::string month;
  std::string currency;
  std::string rates;   ///< in words: which, and where they came from
  std::string policy;  ///< likewise
  Reconciliation said;
  Table lines_as_sent;  ///< and how each was read
  Table processes;      ///< what was billable and sent in the month
  Table snapshots;      ///< the documents that these are known from
  Table coverage;       ///< polls, gaps and holes per app and region
  std::vector<LetterDocument> documents;
};

/// The files of a folder to send, by their names: a page and Markdown with the verdict, tables as
/// CSV, the documents as they were imported, and the SHA-256 of all of them as sha256sum reads it.
/// The same letter gives the same bytes.
[[nodiscard]] std::map<std::string, std::string> files_of(const Letter& letter);

/// What the title of the page begins with, by which it can be told from anybody else's.
inline constexpr const char* kLetterTitle = "fleetmeter: invoice ";

}  // namespace fleetmeter::report
