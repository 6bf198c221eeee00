// libFuzzer target: any bytes say how a sound store is damaged. Whatever is then asked of it ends
// in an answer or an error, and where `check` finds nothing, the answers are those of the sound
// store.

#include <sqlite3.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include "support/damage.hpp"

namespace {

using namespace fleetmeter;

constexpr std::size_t kPage = 4096;
constexpr std::size_t kStep = 8;

/// The sound store, and what it answers.
struct Sound {
  test::Folder folder;
  std::string bytes;
  std::string answers;
  std::string process_id;

  Sound() {
    const std::string path = folder / "sound.db";
    test::make_store(path, folder);
    sqlite3* db = nullptr;
    sqlite3_open(path.c_str(), &db);
    sqlite3_exec(db, "PRAGMA wal_checkpoint(TRUNCATE)", nullptr, nullptr, nullptr);
    sqlite3_close(db);
    const Store store = Store::open(path);
    bytes = test::bytes_of(path);
    answers = test::answers_of(store);
    process_id = store.process_ids("", 1).front();
  }
};

/// Eight bytes are one damage: what is done, in which page, where in it, and with which value.
std::string damaged(std::string bytes, const unsigned char* data, std::size_t size) {
  for (; size >= kStep && bytes.size() >= kPage; data += kStep, size -= kStep) {
    const std::size_t pages = bytes.size() / kPage;
    const std::size_t page = (data[1] | static_cast<std::size_t>(data[2]) << 8U) % pages * kPage;
    const std::size_t at = page + (data[3] | static_cast<std::size_t>(data[4]) << 8U) % kPage;
    switch (data[0] % 8) {
      case 0:
        bytes.replace(page, kPage, kPage, static_cast<char>(data[5]));
        break;
      case 1:
        bytes.replace(page, kPage, bytes.substr(data[5] % pages * kPage, kPage));
        break;
      case 2:
        bytes.resize(at);
        break;
      case 3:  // what leads to the rows of a page
        bytes[page + data[3] % 64] = static_cast<char>(data[5]);
        break;
      default:
        bytes[at] = static_cast<char>(data[5]);
    }
  }
  return bytes;
}

std::string fault_in(const std::string& path, const Sound& sound) {
  if (const std::string fault = test::fault_in(path, sound.process_id, sound.folder);
      !fault.empty()) {
    return fault;
  }
  try {
    const Store store = Store::open(path);
    return !is_sound(store.check()) || test::answers_of(store) == sound.answers
               ? ""
               : "check finds nothing, and an answer is another one";
  } catch (const Error&) {
    return "";
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  static const Sound sound;
  const std::string path = sound.folder.write("damaged.db", damaged(sound.bytes, data, size));
  std::filesystem::remove(path + "-wal");
  std::filesystem::remove(path + "-shm");
  if (const std::string fault = fault_in(path, sound); !fault.empty()) {
    std::fprintf(stderr, "store_fuzz: %s\n", fault.c_str());
    std::abort();
  }
  return 0;
}
