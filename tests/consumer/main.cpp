#include <fleetmeter/fleetmeter.hpp>
#include <iostream>

int main(int argc, char** argv) {
  using namespace fleetmeter;
  try {
    Store store = Store::open_or_create("usage.db");
    store.ingest({argv + 1, argv + argc});

    Question question;
    question.tz = "Europe/Berlin";
    question.by = {GroupBy::region};
    set_window(question, {.from = {}, .to = {}, .day = {}, .month = "2024-11"});
    for (const EgressRow& row : store.egress(question)) {
      std::cout << row.group[0] << ": " << to_text(row.egress_bytes.point) << " bytes, at least "
                << to_text(row.egress_bytes.lo) << '\n';
    }
  } catch (const Error& error) {
    std::cerr << error.what() << '\n';
    return error.exit_code();
  }
}
