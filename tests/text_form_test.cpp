// Texts in parts: what SQL puts together again is the text that came, byte for byte.

#include <SQLiteCpp/SQLiteCpp.h>

#include <nlohmann/json.hpp>
#include <random>

#include "base/text_form.hpp"
#include "support/archive.hpp"
#include "support/catch.hpp"

namespace {

using fleetmeter::base::form_of;
using fleetmeter::base::TextForm;
using fleetmeter::base::UuidBytes;
using fleetmeter::test::Folder;

std::string form_text(std::string_view text) {
  const auto split = form_of(text);
  return split ? split->form : "none";
}

/// A text made of pieces that the rule treats differently.
std::string any_text(std::mt19937_64& random) {
  static const std::vector<std::string> pieces{"{\"map\":\"",
                                               "\",\"",
                                               "\":",
                                               "}",
                                               "%",
                                               "%s",
                                               "%%d",
                                               "dust",
                                               "0",
                                               "007",
                                               "-5",
                                               "9223372036854775807",
                                               "9223372036854775808",
                                               "18446744073709551616",
                                               "1.50",
                                               "a98f5b5f-f34a-4043-a9e3-d65c69cc5312",
                                               "A98F5B5F-F34A-4043-A9E3-D65C69CC5312",
                                               "a98f5b5f-f34a-4043-a9e3-d65c69cc531",
                                               "player-7f",
                                               "é",
                                               "\n",
                                               "extraordinarily",
                                               "x",
                                               "\\\"",
                                               "ünï1",
                                               "''",
                                               "\x7f",
                                               "1e9"};
  std::string text;
  for (auto count = random() % 12; count > 0; --count) {
    text += pieces[random() % pieces.size()];
  }
  return text;
}

}  // namespace

TEST_CASE("what differs between texts is a part, what does not is the form", "[base]") {
  const auto split = form_of(
      R"({"lobby":"a98f5b5f-f34a-4043-a9e3-d65c69cc5312","by":"player-7f3","at":1730419167292})");
  REQUIRE(split);
  CHECK(split->form == R"({"lobby":"%s","by":"player-%s","at":%s})");
  REQUIRE(split->parts.size() == 3);
  CHECK(std::holds_alternative<UuidBytes>(split->parts[0]));
  CHECK(split->parts[1] == TextForm::Part(std::string_view("7f3")));
  CHECK(split->parts[2] == TextForm::Part(std::int64_t{1730419167292}));

  CHECK(form_text(R"({"team1":"red","team2":"blue"})") == "none");  // names of members
  CHECK(form_text("") == "none");
  CHECK(form_text(std::string("a1\0b", 4)) == "none");  // format() would end there
  CHECK(form_text("100% of 7") == "%s%% of %s");
  CHECK(form_text("1 2 3 4 five 6") == "%s %s %s %s");  // the last part is all of the rest
  CHECK(form_of("1 2 3 4 five 6")->parts[3] == TextForm::Part(std::string_view("4 five 6")));
  CHECK(form_of("007")->parts[0] == TextForm::Part(std::string_view("007")));
  CHECK(form_of("9223372036854775808")->parts[0] ==
        TextForm::Part(std::string_view("9223372036854775808")));
}

TEST_CASE("a configuration comes out as it went in, whatever it is made of", "[rooms]") {
  std::mt19937_64 random(7);
  const Folder folder;
  std::vector<std::string> texts;
  std::string rooms;
  for (int i = 0; i < 4000; ++i) {
    texts.push_back(any_text(random));
    nlohmann::json room{{"roomId", "r" + std::to_string(i)}, {"roomConfig", texts.back()}};
    rooms += (i == 0 ? "" : ",") + room.dump();
  }
  const std::string file = folder.write(
      "poll.json",
      R"({"observedAt":"2024-11-01T09:10:00Z","processes":[{"processId":"p","rooms":[)" + rooms +
          "]}]}");
  const std::string path = folder / "store.db";
  static_cast<void>(fleetmeter::Store::open_or_create(path).ingest({file}, {}));
  SQLite::Database db(path, SQLite::OPEN_READONLY);
  SQLite::Statement row(db, "SELECT room_config FROM room_latest WHERE room_id = ?");
  for (std::size_t i = 0; i < texts.size(); ++i) {
    row.reset();
    row.bind(1, "r" + std::to_string(i));
    REQUIRE(row.executeStep());
    CHECK(row.getColumn(0).getString() == texts[i]);
  }
  // Texts without a form in common do not make the table of forms as large as themselves.
  CHECK(db.execAndGet("SELECT count(*) FROM room_config_form").getInt64() <= 1024);
  CHECK(db.execAndGet("SELECT count(*) FROM room_config WHERE form_key IS NULL").getInt64() > 0);
}

TEST_CASE("an id in each text leaves one form, and sixteen bytes of each UUID", "[rooms]") {
  const Folder folder;
  std::string rooms;
  for (int i = 0; i < 500; ++i) {
    const std::string digits = std::to_string(100'000'000'000 + i);
    rooms += std::string(i == 0 ? "" : ",") + R"({"roomId":"r)" + digits +
             R"(","roomConfig":"{\"match\":\"0b1c2d3e-0000-4000-8000-)" + digits +
             R"(\",\"seed\":)" + digits + "}\"}";
  }
  const std::string file = folder.write(
      "poll.json",
      R"({"observedAt":"2024-11-01T09:10:00Z","processes":[{"processId":"p","rooms":[)" + rooms +
          "]}]}");
  const std::string path = folder / "store.db";
  static_cast<void>(fleetmeter::Store::open_or_create(path).ingest({file}, {}));
  SQLite::Database db(path, SQLite::OPEN_READONLY);
  CHECK(db.execAndGet("SELECT group_concat(form) FROM room_config_form").getString() ==
        R"({"match":"%s","seed":%s})");
  CHECK(db.execAndGet("SELECT count(*) FROM room_config WHERE typeof(part_1) = 'blob' "
                      "AND length(part_1) = 16 AND typeof(part_2) = 'integer'")
            .getInt64() == 500);
}
