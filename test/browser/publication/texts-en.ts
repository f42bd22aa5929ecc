import type { Texts } from "./texts.ts";

/** The publication in English. */
export const english: Texts = {
  language: "en",
  title: "The Harbour Gazette",
  description: "News from a port town, its sea and its people.",
  rights: "© 2025 The Harbour Gazette",
  sections: ["Town", "Sea", "Culture"],
  authors: ["News Desk", "Maren Holt", "Idris Qasim"],
  tags: [
    "Harbour",
    "Ferries",
    "Weather",
    "Town council",
    "Fishing",
    "Music",
    "Lighthouse",
    "History",
    "C++",
    "Schools",
  ],
  stories: [
    {
      slug: "ferry-returns",
      title: "After eleven winters, the night ferry sails again",
      summary:
        "Four hundred people stood on the quay as the Solveig left for the islands. The council has paid for three years; then the passengers must.",
      paragraphs: [
        "The horn sounded at ten minutes to eleven, and for the first time in eleven winters nobody on the quay had to be told what it meant. The Solveig let go her lines, turned once in the basin, and went out between the moles with every lamp lit.",
        "On board were 212 passengers, two ponies and the post. The crossing takes six hours. There are bunks for half of those who travel, soup for all of them, and a saloon with a piano that the crew found in a shed and tuned themselves.",
        "The old line ended when the bridge was promised. The bridge was never built, and the islands lost a third of their people. “We did not leave because we wanted to,” said Anna Vik, who came back for the night. “We left because there was no way to come home from work.”",
        "The council has set aside money for three years. By then two thirds of the berths have to be sold on an ordinary weeknight. Tickets for December are gone.",
      ],
      section: 1,
      author: 1,
      tags: [0, 1, 3],
      picture: 0,
    },
    {
      slug: "lighthouse-keeper",
      title: "The last keeper hands over the key",
      summary:
        "The lamp on the skerry has looked after itself since 1989. On Friday the man who looked after it all the same went ashore for good.",
      paragraphs: [
        "Nobody asked Peder Lund to stay. The lamp was made automatic in 1989, and the service offered him a flat in town with a view of a car park. He kept the key instead, and rowed out twice a week.",
        "He wrote down what he saw: ships, seals, the first swallow, a balloon. The notebooks fill a wall. The museum will show them from spring.",
        "“It is a good lamp,” he said on the pier. “It only needed company.”",
      ],
      section: 1,
      author: 2,
      tags: [6, 7],
      picture: 1,
    },
    {
      slug: "school-roof",
      title: "Council votes for a new school roof, and against the old one’s slates",
      summary: "Nine votes to six: the slates go, the bell stays, and the pupils get a year in the customs house.",
      paragraphs: [
        "The roof of the harbour school will be of zinc. After four hours and one adjournment the council followed the engineers and not the petition.",
        "Lessons move to the customs house from August. It has larger rooms, fewer stairs, and a weighbridge that the physics teacher has already asked for.",
      ],
      section: 0,
      author: 0,
      tags: [3, 9, 7],
      picture: 2,
    },
    {
      slug: "herring-early",
      title: "Herring come early, and stay out of the nets",
      summary:
        "The shoals stand deeper than the boats can fish. Biologists speak of warm water, skippers of bad manners.",
      paragraphs: [
        "Fourteen boats went out on Sunday and came back with what one skipper called a salad. The fish are there: the sounder shows them at ninety metres, where the nets do not reach.",
        "The institute measured 11.4 °C at the surface, two degrees above the mean of the last thirty years.",
      ],
      section: 1,
      author: 1,
      tags: [4, 2],
      picture: 3,
    },
    {
      slug: "choir-in-dock",
      title: "A choir sings in the dry dock, and the dock answers",
      summary: "Five seconds of echo, two hundred voices, no roof: the concert that rain could not stop.",
      paragraphs: [
        "A dry dock is a bad hall for nearly everything. For a slow piece in eight parts it turns out to be the best room in the county.",
        "The next concert is on the first Sunday of Advent, if the tanker now in the way is afloat by then.",
      ],
      section: 2,
      author: 2,
      tags: [5, 0],
      picture: 4,
    },
    {
      slug: "storm-bell",
      title: "Storm bell to be rung by hand once more",
      summary: "The siren failed twice in October. The bell of 1781 did not.",
      paragraphs: ["Volunteers have a rota, ear muffs, and an understanding with the neighbours."],
      section: 0,
      author: 0,
      tags: [2, 7],
    },
  ],
  weekly: "Ships in port, week",
  weeklyText:
    "Arrivals and departures of the week, with their flags and what they carried. Water at the quay stood between two and four metres.",
  longWord: "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaftsvorsitzende",
  longHeadline:
    "What the harbour master, the pilots, the tug crews, the ferry company and eleven neighbours of the container yard agreed on after a night of talks, and what each of them says it means",
  note: "Fog signal tests until noon. Please do not ring us about the noise: we hear it, too.",
  correction: "An earlier version gave the length of the mole as 340 feet. It is 340 metres.",
  withdrawal: "The letter that this story rested on was not by the person who was named.",
  picture: "Illustration in flat colours: the sea below hills, with the sun low in the sky",
  credit: "Illustration: The Harbour Gazette",
  ownPage: "Imprint",
  words: ["In numbers", "What was said", "Vessel", "Length in metres", "The horn at ten to eleven", "How we know"],
};
