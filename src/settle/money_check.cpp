#include "settle/money_check.hpp"

#include <algorithm>
#include <cctype>
#include <optional>
#include <string_view>

#include "base/sha256.hpp"
#include "decode/money_documents.hpp"
#include "fleetmeter/error.hpp"
#include "fleetmeter/text.hpp"
#include "store/price_writer.hpp"

namespace fleetmeter::settle {

namespace {

using store::KeptDocument;
using store::MoneyRow;

/// Takes `;name=value` off the end of what the user said beside a document.
std::optional<std::string> take_given(std::string& given, const std::string& name) {
  const std::string begin = name + '=';
  const std::size_t at = given.rfind(begin, 0) == 0 ? 0 : given.rfind(';' + begin);
  if (at == std::string::npos) {
    return std::nullopt;
  }
  const std::string value = given.substr(given.find('=', at) + 1);
  given.erase(at);
  return value;
}

decode::Given given_of(std::string given) {
  decode::Given said;
  said.currency = take_given(given, "currency");
  said.month = take_given(given, "month");
  said.invoice_id = take_given(given, "id");
  return said;
}

/// Stores again what a document says under its name. False when this version does not find that.
class Rereading {
 public:
  explicit Rereading(SQLite::Database& scratch) : writer_(scratch, 0) {}

  bool read(const KeptDocument& document) {
    origin_ = {document.source, "plain", document.raw, document.given};
    name_ = document.name;
    try {
      if (document.kind == "deployments") {
        const auto all = decode::read_deployments(document.raw);
        return !all.items.empty() && writer_.write(origin_, all.items, {});
      }
      return document.kind == "rates" ? write(decode::read_rate_cards(document.raw).items)
             : document.kind == "policy"
                 ? write(decode::read_policy(document.raw).items)
                 : write(decode::read_invoices(document.raw, given_of(document.given)).items);
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::data) {
        throw;
      }
      return false;
    }
  }

 private:
  [[nodiscard]] static const std::string& name_of(const model::Invoice& one) {
    return one.invoice_id;
  }
  template <class Item>
  [[nodiscard]] static const std::string& name_of(const Item& one) {
    return one.name;
  }

  template <class Item>
  bool write(const std::vector<Item>& items) {
    const auto found = std::find_if(items.begin(), items.end(),
                                    [&](const Item& one) { return name_of(one) == name_; });
    return found != items.end() && writer_.write(origin_, *found);
  }

  store::PriceWriter writer_;
  store::MoneyOrigin origin_;
  std::string name_;
};

/// Whether an invoice is kept as it is read but for its currency, which is kept as USD.
bool was_taken_for_usd(const MoneyRow& kept, const MoneyRow& read) {
  constexpr std::string_view kUsd = " USD";
  return kept.place == "invoice" && kept.told.ends_with(kUsd) &&
         kept.told.substr(0, kept.told.size() - kUsd.size()) ==
             read.told.substr(0, read.told.rfind(' '));
}

/// Earlier versions kept a deployment's id as a spreadsheet wrote it, `1.0`, knew fewer words by
/// which a line of an invoice is told, called credits and priced lines discounts, and took amounts
/// in € for USD where no column said more.
bool may_differ(const MoneyRow& kept, const MoneyRow& read) {
  return kept.told == read.told || was_taken_for_usd(kept, read) || kept.told == "other" ||
         kept.told == "discount" ||
         (kept.told.rfind(read.told + '.', 0) == 0 &&
          kept.told.find_first_not_of('0', read.told.size() + 1) == std::string::npos);
}

/// How the rows that are kept differ from those that were read; "" when they do not.
std::string difference(const std::vector<MoneyRow>& kept, const std::vector<MoneyRow>& read) {
  for (std::size_t i = 0; i < std::max(kept.size(), read.size()); ++i) {
    if (i >= kept.size() || (i < read.size() && kept[i].place != read[i].place)) {
      return read[std::min(i, read.size() - 1)].place +
             ": is missing, or one too many stands there";
    }
    if (i >= read.size()) {
      return kept[i].place + ": the document says nothing of it";
    }
    if (kept[i].content != read[i].content) {
      return kept[i].place + ": is " + printable(kept[i].content) + ", the document says " +
             printable(read[i].content);
    }
    if (!may_differ(kept[i], read[i])) {
      return kept[i].place + ": is " + printable(kept[i].told) + ", the document says " +
             printable(read[i].told);
    }
  }
  return "";
}

}  // namespace

store::Checked check_money(SQLite::Database& db) {
  store::Checked checked;
  std::unique_ptr<SQLite::Database> scratch;
  store::each_money_document(db, [&](const KeptDocument& document) {
    ++checked.count;
    std::string found;
    if (base::as_bytes(base::sha256(document.raw)) != document.sha256) {
      found = "is not what its digest says";
    } else {
      scratch = store::scratch_store();
      if (Rereading(*scratch).read(document)) {
        found = difference(store::money_rows(db, document.document_seq),
                           store::money_rows(*scratch, store::newest_money_document(*scratch)));
      }
    }
    if (!found.empty() && checked.first.empty()) {
      checked.first = "document " + std::to_string(document.document_seq) + " (" + document.kind +
                      (document.name.empty() ? "" : ' ' + printable(document.name)) + "): " + found;
    }
  });
  return checked;
}

}  // namespace fleetmeter::settle
