// A store that lost rows, or holds values that nobody wrote, gives an answer or says that it is
// damaged. It never ends the program, and is never called an error of ours.

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <random>
#include <sstream>
#include <vector>

#include "sim/archive.hpp"
#include "sim/fleet.hpp"
#include "sim/options.hpp"
#include "support/archive.hpp"
#include "support/catch.hpp"

namespace {

using namespace fleetmeter;
using test::Folder;

/// A sound store with something in nearly every table.
void make_store(const std::string& path, const Folder& folder) {
  sim::ArchiveOptions options = sim::profile("demo");
  options.fleet.duration_ms = 2 * 3'600'000LL;
  std::string text;
  sim::emit_archive(options, [&](const sim::Document& document) {
    text += document.text;
    text += '\n';
  });
  Store store = Store::open_or_create(path);
  store.ingest({folder.write("archive.ndjson", text)});
  const auto import = [&](MoneyKind kind, const char* name, const char* document) {
    REQUIRE(store.import_money(kind, {folder.write(name, document)}).front().is_new);
  };
  import(MoneyKind::rates, "rates.csv",
         "card,unit,price,tier_from\nmine,vcpu_hour,0.08,\nmine,GB,0.12,\nmine,GB,0.10,100\n");
  import(MoneyKind::deployments, "deployments.csv",
         "app_id,deployment_id,requested_cpu\napp,1,0.5\n");
  import(MoneyKind::invoice, "invoice.csv",
         "invoice_id,month,product,unit,quantity,unit_price,amount\n"
         "I,2024-11,compute,vCPU hour,3,0.08,0.24\nI,2024-11,egress,GB,2,0.12,0.24\n");
}

/// Asks one question whose answer does not matter. Says what went wrong that may not.
std::string fault_of(const std::function<void()>& ask) {
  try {
    ask();
  } catch (const Error& error) {
    return error.kind() == ErrorKind::internal ? error.what() : "";
  } catch (const std::exception& error) {
    return error.what();
  }
  return "";
}

Question by(std::vector<GroupBy> groups, bool scan = false) {
  Question question;
  question.by = std::move(groups);
  question.scan = scan;
  return question;
}

/// Asks everything there is to ask; the first fault, or "".
std::string fault_in(const std::string& path, const std::string& process_id, const Folder& folder) {
  std::optional<Store> opened;
  const std::string closed = fault_of([&] { opened.emplace(Store::open(path)); });
  if (!opened) {
    return closed;
  }
  const Store& store = *opened;
  Question odd = by({GroupBy::app});
  odd.from_ms = 1730426400000 + 1234567;
  odd.to_ms = *odd.from_ms + 4567891;
  Pricing pricing;
  pricing.rates = "mine";
  const ReportRequest report{folder / "reports", std::nullopt, "2024-11", false, false, false};
  const std::vector<std::function<void()>> questions{
      [&] {
        static_cast<void>(store.billing(by({GroupBy::app, GroupBy::region})));
      },
      [&] { static_cast<void>(store.billing(by({GroupBy::process}, true))); },
      [&] {
        static_cast<void>(store.egress(by({GroupBy::app, GroupBy::hour})));
      },
      [&] { static_cast<void>(store.egress(by({GroupBy::region}, true))); },
      [&] { static_cast<void>(store.egress(odd)); },
      [&] { static_cast<void>(store.explain(process_id, {})); },
      [&] { static_cast<void>(store.anomalies({})); },
      [&] { static_cast<void>(store.coverage({})); },
      [&] { static_cast<void>(store.advise({})); },
      [&] { static_cast<void>(store.status()); },
      [&] { static_cast<void>(store.check()); },
      [&] { static_cast<void>(store.money(MoneyKind::rates)); },
      [&] { static_cast<void>(store.money(MoneyKind::invoice)); },
      [&] { static_cast<void>(store.money(MoneyKind::deployments)); },
      [&] { static_cast<void>(store.cost(by({GroupBy::app}), pricing)); },
      [&] { static_cast<void>(store.reconcile({"I"}, {}, pricing)); },
      [&] { static_cast<void>(store.report(report, {})); },
  };
  for (std::size_t i = 0; i < questions.size(); ++i) {
    const std::string fault = fault_of(questions[i]);
    if (!fault.empty()) {
      return "question " + std::to_string(i) + ": " + fault;
    }
  }
  return "";
}

/// What is done to a table: rows go, and values of each column become others.
std::vector<std::string> mutations_of(SQLite::Database& db, const std::string& table) {
  const std::vector<std::string> others{
      "0", "-1", "$ + 1", "$ * 1000", "9223372036854775807", "-9223372036854775808", "NULL", "17"};
  std::vector<std::string> all{"DELETE FROM " + table};
  SQLite::Statement column(db, "SELECT name FROM pragma_table_info(?)");
  column.bind(1, table);
  for (std::size_t i = table.size(); column.executeStep(); ++i) {
    const std::string name = column.getColumn(0).getString();
    if (all.size() == 1) {
      all.push_back("DELETE FROM " + table + " WHERE length(" + name + ") % 2 = 0 OR " + name +
                    " % 3 = 1");
    }
    std::string value = others[i % others.size()];
    if (const std::size_t at = value.find('$'); at != std::string::npos) {
      value.replace(at, 1, name);
    }
    all.push_back("UPDATE OR IGNORE " + table + " SET " + name + " = " + value);
  }
  return all;
}

std::string bytes_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// What a disk does to a file: bits turn, a page is zeros or another page, the end is missing.
std::string damaged(std::string bytes, std::mt19937_64& random) {
  constexpr std::size_t kPage = 4096;
  const std::size_t pages = bytes.size() / kPage;
  const auto page = [&] { return random() % pages * kPage; };
  switch (random() % 5) {
    case 0:
      for (std::uint64_t left = 1 + random() % 20; left > 0; --left) {
        char& byte = bytes[random() % bytes.size()];
        byte = static_cast<char>(static_cast<unsigned char>(byte) ^ (1U << (random() % 8)));
      }
      break;
    case 1:
      bytes.replace(page(), kPage, kPage, '\0');
      break;
    case 2:
      bytes.replace(page(), kPage, bytes.substr(page(), kPage));
      break;
    case 3:
      bytes.resize(random() % bytes.size());
      break;
    default:
      // In what was written, and not between: the first bytes of a page lead to its rows.
      for (std::size_t i = 0, at = page(); i < 8; ++i) {
        bytes[at + random() % 64] = static_cast<char>(random());
      }
  }
  return bytes;
}

/// What a store says of each process, by both meters.
std::string answers_of(const Store& store) {
  std::ostringstream out;
  const Question question = by({GroupBy::process, GroupBy::app, GroupBy::region});
  give(question, store.billing(question), *make_writer(Format::csv, out));
  give(question, store.egress(question), *make_writer(Format::csv, out));
  return out.str();
}

}  // namespace

TEST_CASE("a store with bytes lost or altered ends no program, nor answers otherwise unnoticed",
          "[damage]") {
  const Folder folder;
  const std::string sound = folder / "sound.db";
  make_store(sound, folder);
  std::string process_id;
  {
    SQLite::Database db(sound, SQLite::OPEN_READWRITE);
    db.exec("PRAGMA wal_checkpoint(TRUNCATE)");
    process_id = db.execAndGet("SELECT max(process_id) FROM process").getString();
  }
  const std::string bytes = bytes_of(sound);
  const std::string answers = answers_of(Store::open(sound));
  const char* const longer = std::getenv("FLEETMETER_DAMAGED_STORES");
  const std::uint64_t seeds = longer == nullptr ? 60 : std::stoull(longer);
  std::uint64_t noticed = 0;
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    INFO("seed " << seed);
    std::mt19937_64 random(seed);
    const std::string path = folder.write("damaged.db", damaged(bytes, random));
    std::filesystem::remove(path + "-wal");
    std::filesystem::remove(path + "-shm");
    CHECK(fault_in(path, process_id, folder) == "");
    try {
      const Store store = Store::open(path);
      if (is_sound(store.check())) {
        CHECK(answers_of(store) == answers);
      } else {
        ++noticed;
      }
    } catch (const Error&) {
      ++noticed;
    }
  }
  CHECK(noticed * 2 > seeds);
}

TEST_CASE("a store with rows lost or altered ends no program", "[damage]") {
  const Folder folder;
  const std::string sound = folder / "sound.db";
  make_store(sound, folder);
  const std::string path = folder / "damaged.db";
  SQLite::Database db(sound, SQLite::OPEN_READWRITE);
  db.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  const std::string process_id =
      db.execAndGet("SELECT process_id FROM process ORDER BY process_key DESC LIMIT 1").getString();
  REQUIRE(fault_in(sound, process_id, folder).empty());
  SQLite::Statement table(db, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name");
  while (table.executeStep()) {
    for (const std::string& mutation : mutations_of(db, table.getColumn(0).getString())) {
      INFO(mutation);
      std::filesystem::remove(path + "-wal");
      std::filesystem::remove(path + "-shm");
      std::filesystem::copy_file(sound, path, std::filesystem::copy_options::overwrite_existing);
      try {
        SQLite::Database damaged(path, SQLite::OPEN_READWRITE);
        damaged.exec("PRAGMA ignore_check_constraints = ON");
        damaged.exec(mutation);
      } catch (const SQLite::Exception&) {
        continue;  // not even SQLite allows it
      }
      CHECK(fault_in(path, process_id, folder).empty());
    }
  }
}
