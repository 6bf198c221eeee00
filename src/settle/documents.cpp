#include "settle/documents.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "base/sha256.hpp"
#include "store/money_rows.hpp"

namespace fleetmeter::settle {

std::vector<report::LetterDocument> documents_of(const std::vector<std::string>& invoice_ids,
                                                 const Terms& terms, SQLite::Database& db,
                                                 std::int64_t known_document_seq) {
  std::map<std::pair<std::string, std::string>, report::LetterDocument> newest;
  std::vector<report::LetterDocument> all;
  store::each_money_document(db, [&](const store::KeptDocument& kept) {
    if (kept.document_seq > known_document_seq) {
      return;
    }
    report::LetterDocument document{kept.kind, kept.name, kept.source, base::to_hex(kept.sha256),
                                    kept.raw};
    if (kept.kind == "deployments") {
      all.push_back(std::move(document));
    } else if ((kept.kind == "invoice" && std::find(invoice_ids.begin(), invoice_ids.end(),
                                                    kept.name) != invoice_ids.end()) ||
               (kept.kind == "rates" && kept.name == terms.book.card().name) ||
               (kept.kind == "policy" && kept.name == terms.policy.name)) {
      newest[{kept.kind, kept.name}] = std::move(document);
    }
  });
  for (auto& [name, document] : newest) {
    all.push_back(std::move(document));
  }
  return all;
}

}  // namespace fleetmeter::settle
