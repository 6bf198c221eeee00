#include "ingest/money_import.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <tuple>

#include "base/time_text.hpp"
#include "decode/byte_source.hpp"
#include "decode/money_documents.hpp"
#include "fleetmeter/error.hpp"
#include "fleetmeter/spelling.hpp"
#include "fleetmeter/text.hpp"
#include "rate/presets.hpp"
#include "store/query.hpp"

namespace fleetmeter::ingest {

namespace {

constexpr std::size_t kMostBytes = 64 * 1024 * 1024;

std::string read_whole(decode::ByteSource& source) {
  std::string bytes;
  std::array<char, 64 * 1024> piece{};
  while (const std::size_t size = source.read(piece.data(), piece.size())) {
    bytes.append(piece.data(), size);
    if (bytes.size() > kMostBytes) {
      throw Error(ErrorKind::data, "over 64 MiB: not a document about money");
    }
  }
  return bytes;
}

void check(const MoneyGiven& given) {
  constexpr std::size_t kLongestId = 200;
  const auto is_plain = [](const std::string& text) {
    return !text.empty() && text.size() <= kLongestId && printable(text, kLongestId) == text;
  };
  if (given.invoice_id && !is_plain(*given.invoice_id)) {
    throw Error(ErrorKind::usage,
                spelled(Term::invoice_id) +
                    ": not a text of 1 to 200 bytes without control characters (" +
                    printable(*given.invoice_id, 60) + ")");
  }
  if (given.currency && !is_plain(*given.currency)) {
    throw Error(ErrorKind::usage, spelled(Term::currency) + ": not a code like USD (" +
                                      printable(*given.currency, 60) + ")");
  }
  if (given.month && (given.month->size() != 7 || !base::parse_date(*given.month + "-01"))) {
    throw Error(ErrorKind::usage, spelled(Term::month) + ": not a month like 2024-11 (" +
                                      printable(*given.month) + ")");
  }
}

std::string given_text(const MoneyGiven& given) {
  std::string text;
  const auto add = [&](const char* name, const std::optional<std::string>& value) {
    if (value) {
      text += (text.empty() ? "" : ";") + std::string(name) + '=' + *value;
    }
  };
  add("id", given.invoice_id);
  add("month", given.month);
  add("currency", given.currency);
  return text;
}

/// What given_text() made a text of.
MoneyGiven given_of(std::string_view text) {
  MoneyGiven given;
  const auto take = [&](std::string_view name, std::optional<std::string>& value) {
    const std::size_t at = text.rfind(name);  // only an id may look like what follows it
    if (at != std::string_view::npos && (at == 0 || text[at - 1] == ';')) {
      value = text.substr(at + name.size());
      text = text.substr(0, at == 0 ? 0 : at - 1);
    }
  };
  take("currency=", given.currency);
  take("month=", given.month);
  take("id=", given.invoice_id);
  return given;
}

template <class Preset>
bool is_built_in(const std::string& name, const std::vector<Preset>& presets) {
  return std::any_of(presets.begin(), presets.end(),
                     [&](const Preset& preset) { return preset.name == name; });
}

/// One source on its way into the store.
class Import {
 public:
  Import(store::PriceWriter& writer, const std::string& path, const MoneyGiven& given)
      : writer_(writer), path_(path), given_(given) {}

  std::vector<MoneyReport> run(MoneyKind kind) {
    const auto source = decode::open_source(path_);
    const std::string bytes = read_whole(*source);
    return run(kind, bytes, source->encoding());
  }

  std::vector<MoneyReport> run(MoneyKind kind, const std::string& bytes,
                               const std::string& encoding) {
    origin_ = {path_, encoding, bytes, given_text(given_)};
    try {
      read(kind, bytes);
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::data) {
        throw;
      }
      refuse({{"", error.what()}});
    }
    return std::move(reports_);
  }

 private:
  void read(MoneyKind kind, const std::string& bytes) {
    switch (kind) {
      case MoneyKind::deployments:
        return take(decode::read_deployments(bytes));
      case MoneyKind::rates:
        return take(decode::read_rate_cards(bytes));
      case MoneyKind::policy:
        return take(decode::read_policy(bytes));
      case MoneyKind::invoice:
        return take(
            decode::read_invoices(bytes, {given_.invoice_id, given_.month, given_.currency}));
    }
  }

  void take(const decode::MoneyDocument<model::Deployment>& document) {
    if (document.items.empty()) {
      return refuse(document.problems.empty() ? std::vector<decode::Problem>{{"", "no deployments"}}
                                              : document.problems);
    }
    report("", document.items.size(),
           writer_.write(origin_, document.items, rejects_of(document.problems)));
    note(document.problems);
  }
  void take(const decode::MoneyDocument<model::RateCard>& document) {
    for (const model::RateCard& card : once_named(document.items, &model::RateCard::name)) {
      if (is_built_in(card.name, rate::preset_cards())) {
        refuse({{"/name", "is built in (" + card.name + "); choose another"}});
        continue;
      }
      report(card.name, card.rates.size(), writer_.write(origin_, card));
    }
    refuse(document.problems);
  }
  void take(const decode::MoneyDocument<model::Policy>& document) {
    for (const model::Policy& policy : once_named(document.items, &model::Policy::name)) {
      if (is_built_in(policy.name, rate::preset_policies())) {
        refuse({{"/name", "is built in (" + policy.name + "); choose another"}});
        continue;
      }
      report(policy.name, 1, writer_.write(origin_, policy));
    }
    refuse(document.problems);
  }
  void take(const decode::MoneyDocument<model::Invoice>& document) {
    for (const model::Invoice& invoice : once_named(document.items, &model::Invoice::invoice_id)) {
      report(invoice.invoice_id, invoice.lines.size(), writer_.write(origin_, invoice));
      if (!invoice.month && !invoice.corrects) {
        reports_.back().remarks.push_back("it names no month that there is; import it again with " +
                                          spelled(Term::month) + " to reconcile it");
      }
    }
    refuse(document.problems);
  }

  /// Those that share their name with no other of the document. The others are refused: nothing
  /// says which of them is meant.
  template <class Item>
  std::vector<Item> once_named(const std::vector<Item>& items, std::string Item::*name) {
    std::map<std::string, int> times;
    for (const Item& item : items) {
      ++times[item.*name];
    }
    for (const auto& [one, count] : times) {
      if (count > 1) {
        refuse({{"", printable(one, 60) + " stands in this document " + std::to_string(count) +
                         " times: which is meant? Import each from a file of its own"}});
      }
    }
    std::vector<Item> once;
    std::copy_if(items.begin(), items.end(), std::back_inserter(once),
                 [&](const Item& item) { return times[item.*name] == 1; });
    return once;
  }

  void report(const std::string& name, std::size_t items, bool is_new) {
    MoneyReport& one = reports_.emplace_back();
    one.source = path_;
    one.name = name;
    one.items = items;
    one.is_new = is_new;
  }

  void note(const std::vector<decode::Problem>& problems) {
    MoneyReport& one = reports_.back();
    for (const decode::Problem& problem : problems) {
      one.problems.push_back(problem.place.empty() ? problem.reason
                                                   : problem.place + ": " + problem.reason);
      one.error_code = static_cast<int>(ErrorKind::data);
    }
  }

  /// The document gave nothing: it is kept among the rejects.
  void refuse(const std::vector<decode::Problem>& problems) {
    if (problems.empty()) {
      return;
    }
    writer_.reject(origin_, rejects_of(problems));
    report("", 0, false);
    note(problems);
  }

  static std::vector<store::MoneyReject> rejects_of(const std::vector<decode::Problem>& problems) {
    std::vector<store::MoneyReject> rejects;
    for (const decode::Problem& problem : problems) {
      rejects.push_back({problem.place, problem.reason});
    }
    return rejects;
  }

  store::PriceWriter& writer_;
  const std::string& path_;
  const MoneyGiven& given_;
  store::MoneyOrigin origin_;
  std::vector<MoneyReport> reports_;
};

}  // namespace

std::vector<MoneyReport> import_money(store::PriceWriter& writer, MoneyKind kind,
                                      const std::vector<std::string>& paths,
                                      const MoneyGiven& given) {
  check(given);
  std::vector<MoneyReport> all;
  for (const std::string& path : paths) {
    for (MoneyReport& one : Import(writer, path, given).run(kind)) {
      all.push_back(std::move(one));
    }
  }
  return all;
}

void unite_money(const std::vector<SQLite::Database*>& stores, SQLite::Database& into,
                 std::int64_t now_ms) {
  std::vector<store::ask::ListStoredMoney::Out> documents;
  for (SQLite::Database* db : stores) {
    store::Query<store::ask::ListStoredMoney> query(*db);
    for (const auto& row : query.rows()) {
      documents.push_back(row);
    }
  }
  std::stable_sort(documents.begin(), documents.end(), [](const auto& a, const auto& b) {
    return std::tie(a.imported_at_ms, a.sha256) < std::tie(b.imported_at_ms, b.sha256);
  });
  store::PriceWriter writer(into, now_ms);
  for (const auto& document : documents) {
    const MoneyKind kind = document.kind == "deployments" ? MoneyKind::deployments
                           : document.kind == "rates"     ? MoneyKind::rates
                           : document.kind == "policy"    ? MoneyKind::policy
                                                          : MoneyKind::invoice;
    static_cast<void>(Import(writer, document.source, given_of(document.given))
                          .run(kind, document.raw, document.encoding));
  }
}

}  // namespace fleetmeter::ingest
